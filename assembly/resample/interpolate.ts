// torch's interpolate on floats. The table has the mode, then for every column, then for every row, its source positions and
// float32 weights. Bilinear multiplies weights in float32 and sums the products with values in double. Bicubic sums along four
// rows and then down them, rounding each product and sum once, in the order second, first, third, fourth.
import { Frame, slice } from "../lib/frame";

const BILINEAR: u32 = 1;
const AREA: u32 = 2;
const BICUBIC: u32 = 3;

/** Two positions and their weights. For `area`: the first position and the one after the last. */
@unmanaged
class Tap { first: u32; second: u32; weight: f32; other: f32; }

/** Four positions and their weights. */
@unmanaged
class Taps { a: u32; b: u32; c: u32; d: u32; p: f32; q: f32; r: f32; s: f32; }

export function interpolateUnits(block: usize, phase: u32): u32 { return phase ? 0 : changetype<Frame>(block).height; }

export function interpolate(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), mode = load<u32>(<usize>f.data), each: usize = mode == BICUBIC ? 32 : 16;
  const columns = <usize>f.data + 16, rows = columns + f.width * each;
  const size: usize = f.size, stride = f.aWidth * size, src = f.first(f.picture), row = f.width * size;
  let work = f.width * (f.size >> 2);
  if (mode == AREA) work *= (f.aWidth / f.width + 1) * (f.aHeight / f.height + 1);
  if (mode == BICUBIC) work *= 4;
  const to = min(f.from + slice(work), f.end(f.height));
  for (let y = f.from; y < to; y++) {
    const down = changetype<Tap>(rows + y * each);
    for (let x: u32 = 0, at = dst + y * row; x < f.width; x++) {
      const across = changetype<Tap>(columns + x * each);
      for (let c: usize = 0; c < size; c += 4, at += 4) {
        const own = src + c;
        store<f32>(at, mode == BILINEAR ? blend(own, stride, size, across, down)
          : mode == AREA ? mean(own, stride, size, across, down)
          : mode == BICUBIC ? cubic(own, stride, size, changetype<Taps>(across), changetype<Taps>(down)) : load<f32>(own + down.first * stride + across.first * size));
      }
    }
  }
  return to < f.height ? to : 0;
}

@inline
function blend(src: usize, stride: usize, size: usize, across: Tap, down: Tap): f32 {
  const up = src + down.first * stride, low = src + down.second * stride, l = across.first * size, r = across.second * size;
  const upper = part(down.weight * across.weight, up + l) + part(down.weight * across.other, up + r);
  return <f32>(upper + part(down.other * across.weight, low + l) + part(down.other * across.other, low + r));
}
@inline function part(weight: f32, at: usize): f64 { return <f64>weight * <f64>load<f32>(at); }

function cubic(src: usize, stride: usize, size: usize, across: Taps, down: Taps): f32 {
  const a = along(src + down.a * stride, size, across), b = along(src + down.b * stride, size, across);
  const c = along(src + down.c * stride, size, across), d = along(src + down.d * stride, size, across);
  return fused(d, down.s, fused(c, down.r, fused(a, down.p, b * down.q)));
}
@inline
function along(row: usize, size: usize, taps: Taps): f32 {
  const a = load<f32>(row + taps.a * size), b = load<f32>(row + taps.b * size), c = load<f32>(row + taps.c * size), d = load<f32>(row + taps.d * size);
  return fused(d, taps.s, fused(c, taps.r, fused(a, taps.p, b * taps.q)));
}
@inline function fused(a: f32, b: f32, c: f32): f32 { return <f32>(<f64>a * <f64>b + <f64>c); }

function mean(src: usize, stride: usize, size: usize, across: Tap, down: Tap): f32 {
  let sum: f32 = 0;
  for (let y = down.first; y < down.second; y++)
    for (let x = across.first; x < across.second; x++) sum += load<f32>(src + y * stride + x * size);
  return sum / <f32>(down.second - down.first) / <f32>(across.second - across.first);
}
