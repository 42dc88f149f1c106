// Adds up the sums of lib/down.ts along each box of a row, and writes their means as bytes.
import { Boxes } from "./boxes";
import { small } from "./down";

export function across(dst: usize, sums: usize, boxes: Boxes, width: u32, height: u32, toWidth: u32, channels: u32): void {
  const area = <f64>width * <f64>height;
  if (!small(height, channels)) numbers(dst, sums, boxes, toWidth, channels, area);
  else if (ASC_FEATURE_SIMD) {
    // this many sums fit 32 bits together
    const most = max<u32>(u32.MAX_VALUE / (channels == 4 ? 65025 : 255) / height, 1);
    if (channels == 1) gray(dst, sums, boxes, toWidth, most, area);
    else if (channels == 3) vectors(dst, sums, boxes, toWidth, 3, most, area);
    else vectors(dst, sums, boxes, toWidth, 4, most, area);
  }
}

// Rounds half up. The floor is exact: such a quotient is further from the next whole number than a float's precision.
@inline function mean(sum: f64, per: f64): u32 { return per > 0 ? <u32>Math.floor((2 * sum + per) / (2 * per)) : 0; }

function gray(dst: usize, sums: usize, boxes: Boxes, toWidth: u32, most: u32, area: f64): void {
  for (let x: u32 = 0; x < toWidth; x++, dst++) {
    const head = boxes.head(x), tail = boxes.tail(x);
    let sum: f64 = 0, at = sums + (head ? 4 : 0);
    for (let left = boxes.whole(x); left; ) {
      const k = min(left, most);
      let s: u32 = 0;
      for (const end = at + (<usize>k << 2); at < end; at += 4) s += load<u32>(at);
      sum += <f64>s;
      left -= k;
    }
    sum *= <f64>toWidth;
    if (head) sum += <f64>head * <f64>load<u32>(sums);
    if (tail) sum += <f64>tail * <f64>load<u32>(at);
    store<u8>(dst, mean(sum, area));
    sums = at;
  }
}

/** Three or four channels at once. What is stored after three is overwritten, or padding. */
@inline
function vectors(dst: usize, sums: usize, boxes: Boxes, toWidth: u32, channels: u32, most: u32, area: f64): void {
  const step = <usize>channels << 2, each = f64x2.splat(<f64>toWidth), all = f64x2.splat(area);
  for (let x: u32 = 0; x < toWidth; x++, dst += channels) {
    const head = boxes.head(x), tail = boxes.tail(x);
    let low = f64x2.splat(0), high = low, at = sums + (head ? step : 0);
    for (let left = boxes.whole(x); left; ) {
      const k = min(left, most);
      let s = i32x4.splat(0);
      for (const end = at + k * step; at < end; at += step) s = i32x4.add(s, v128.load(at));
      low = f64x2.add(low, f64x2.convert_low_i32x4_u(s));
      high = f64x2.add(high, f64x2.convert_low_i32x4_u(i64x2.shuffle(s, s, 1, 1)));
      left -= k;
    }
    const p = head ? v128.load(sums) : i32x4.splat(0), q = tail ? v128.load(at) : i32x4.splat(0), h = f64x2.splat(<f64>head), t = f64x2.splat(<f64>tail);
    low = f64x2.add(f64x2.mul(low, each), f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_u(p), h), f64x2.mul(f64x2.convert_low_i32x4_u(q), t)));
    high = f64x2.add(f64x2.mul(high, each), f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_u(i64x2.shuffle(p, p, 1, 1)), h), f64x2.mul(f64x2.convert_low_i32x4_u(i64x2.shuffle(q, q, 1, 1)), t)));
    // colours over the mean alpha, alpha over the area; 0 / 0 is NaN, which becomes 0
    const alpha = f64x2.extract_lane(high, 1), per = channels == 4 ? f64x2.splat(alpha) : all, last = channels == 4 ? f64x2.replace_lane(per, 1, area) : all;
    const a = i32x4.trunc_sat_f64x2_u_zero(f64x2.floor(f64x2.div(f64x2.add(f64x2.add(low, low), per), f64x2.add(per, per))));
    const b = i32x4.trunc_sat_f64x2_u_zero(f64x2.floor(f64x2.div(f64x2.add(f64x2.add(high, high), last), f64x2.add(last, last))));
    const v = i16x8.narrow_i32x4_s(i64x2.shuffle(a, b, 0, 2), a);
    store<u32>(dst, i32x4.extract_lane(i8x16.narrow_i16x8_u(v, v), 0));
    sums = at;
  }
}

/** The same in f64, one number at a time. */
function numbers(dst: usize, sums: usize, boxes: Boxes, toWidth: u32, channels: u32, area: f64): void {
  const step = <usize>channels << 3;
  for (let x: u32 = 0; x < toWidth; x++, dst += channels) {
    const head = boxes.head(x), whole = boxes.whole(x), tail = boxes.tail(x);
    const alpha = channels == 4 ? total(sums + 24, step, head, whole, toWidth, tail) : area;
    for (let c: u32 = 0; c < channels; c++) {
      store<u8>(dst + c, c < 3 ? mean(total(sums + (c << 3), step, head, whole, toWidth, tail), alpha) : mean(alpha, area));
    }
    sums += (<usize>whole + (head ? 1 : 0)) * step;
  }
}

function total(at: usize, step: usize, head: u32, whole: u32, each: u32, tail: u32): f64 {
  let edges: f64 = 0, sum: f64 = 0;
  if (head) {
    edges = <f64>head * load<f64>(at);
    at += step;
  }
  for (let k: u32 = 0; k < whole; k++, at += step) sum += load<f64>(at);
  if (tail) edges += <f64>tail * load<f64>(at);
  return sum * <f64>each + edges;
}
