// How close a pixel's colour is to the nearest of several colours, through a table of the squared distance or of the largest
// difference of a channel. Squares are whole numbers, so only the table, which src/ops/figures/selecting.ts makes, is rounded.
import { Frame, slice } from "../lib/frame";
import { Byte, BYTES, Int, byte, int, word } from "../lib/lanes";
import { pickBytes } from "../lib/pick";

/** The words of the row's data. Without colours, the first two that follow are x and y of a pixel that has the colour. */
@unmanaged
class Asked {
  /** 0 for a picture with channels, else the batch size of three masks that hold one channel each. */
  planes: u32;
  channels: u32;
  box: u32;
  count: u32;
  /** The greatest measure that is white. */
  white: i32;
  /** The least measure that is black. */
  black: i32;
}
const COLORS: usize = 24;

/** In scratch: the state for each pixel, then sixteen measures, then the last pixels of a slice. */
@unmanaged
class Range {
  box: u32;
  count: u32;
  white: i32;
  black: i32;
  table: usize;
  colors: usize;
  own: u32;

  at(r: Byte, g: Byte, b: Byte): Byte { return this.box ? this.boxed(r, g, b) : this.squared(r, g, b); }

  @inline private boxed(r: Byte, g: Byte, b: Byte): Byte {
    let best = byte.splat(255);
    for (let i: u32 = 0; i < this.count; i++) {
      const c = load<u32>(this.colors + (i << 2));
      best = byte.min(best, byte.max(byte.max(apart(r, c & 255), apart(g, c >> 8 & 255)), apart(b, c >> 16)));
    }
    // every result is black or white, so the table is not needed
    const white = byte.eq(byte.sub(best, byte.splat(this.white)), byte.splat(0));
    if (this.black == this.white + 1) return white;
    const measures = this.measures();
    byte.store(measures, best);
    for (let i: usize = 0; i < BYTES; i++) store<u8>(measures + i, this.entry(load<u8>(measures + i)));
    return byte.load(measures);
  }

  @inline private squared(r: Byte, g: Byte, b: Byte): Byte {
    const most = int.splat(i32.MAX_VALUE);
    let p = most, q = most, s = most, t = most;
    for (let i: u32 = 0; i < this.count; i++) {
      const c = load<u32>(this.colors + (i << 2)), x = apart(r, c & 255), y = apart(g, c >> 8 & 255), z = apart(b, c >> 16);
      const xl = word.low(x), xh = word.high(x), yl = word.low(y), yh = word.high(y), zl = word.low(z), zh = word.high(z);
      p = int.min(p, sum(int.low(xl), int.low(yl), int.low(zl)));
      if (ASC_FEATURE_SIMD) {
        q = int.min(q, sum(int.high(xl), int.high(yl), int.high(zl)));
        s = int.min(s, sum(int.low(xh), int.low(yh), int.low(zh)));
        t = int.min(t, sum(int.high(xh), int.high(yh), int.high(zh)));
      }
    }
    const limit = int.splat(this.white + 1);
    if (this.black == this.white + 1) return int.masks(int.gt(limit, p), int.gt(limit, q), int.gt(limit, s), int.gt(limit, t));
    const measures = this.measures();
    int.store(measures, p);
    if (ASC_FEATURE_SIMD) {
      int.store(measures + 16, q);
      int.store(measures + 32, s);
      int.store(measures + 48, t);
    }
    for (let i: usize = 0; i < BYTES; i++) store<u8>(measures + i, this.entry(load<i32>(measures + (i << 2))));
    return byte.load(measures);
  }

  @inline private measures(): usize { return changetype<usize>(this) + offsetof<Range>(); }
  @inline private entry(measure: i32): u8 {
    return measure <= this.white ? 255 : measure >= this.black ? 0 : load<u8>(this.table + <usize>(measure - this.white - 1));
  }
}

@inline function apart(v: Byte, c: u32): Byte {
  const color = byte.splat(c);
  return byte.or(byte.sub(v, color), byte.sub(color, v));
}
@inline function sum(x: Int, y: Int, z: Int): Int { return int.add(int.add(int.times(x, x), int.times(y, y)), int.times(z, z)); }

const TAIL: usize = 128;

export function colorRangeRoom(block: usize): u32 { return 512; }

export function colorRangeUnits(block: usize, phase: u32): u32 {
  const f = changetype<Frame>(block);
  return phase ? 0 : f.width * f.height;
}
export function colorRangeGrain(block: usize): u32 { return 64; }

export function colorRange(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), asked = changetype<Asked>(f.data), range = changetype<Range>(scratch);
  const pixels = f.width * f.height, channels = asked.planes ? 1 : asked.channels, plane = <usize>asked.planes * pixels;
  const src = f.a + <usize>f.picture * pixels * channels;
  if (f.opens()) {
    range.box = asked.box;
    range.count = asked.count;
    range.white = asked.white;
    range.black = asked.black;
    range.colors = f.data + COLORS;
    range.table = range.colors + (<usize>asked.count << 2);
    if (!asked.count) {
      const x = load<u32>(range.colors), y = load<u32>(range.colors, 4), at = src + <usize>(y * f.width + x) * channels;
      const step: usize = asked.planes ? plane : channels > 1 ? 1 : 0;
      range.own = load<u8>(at) | <u32>load<u8>(at + step) << 8 | <u32>load<u8>(at + 2 * step) << 16;
      range.table = range.colors + 8;
      range.colors = changetype<usize>(range) + offsetof<Range>("own");
      range.count = 1;
    }
  }
  const from = f.from, end = f.end(pixels), n = min(end - from, slice(f.width) * f.width), whole = n & ~63, at = src + <usize>from * channels;
  part(dst + from, at, whole, channels, plane, scratch);
  if (whole < n) {
    const tail = scratch + TAIL + 64;
    part(tail, at + <usize>whole * channels, n - whole, channels, plane, scratch);
    memory.copy(dst + from + whole, tail, n - whole);
  }
  return from + n < end ? from + n : 0;
}

function part(dst: usize, src: usize, n: u32, channels: u32, plane: usize, range: usize): void {
  if (!plane) pickBytes<Range>(dst, src, n, channels, range);
  else for (const end = dst + n; dst < end; dst += BYTES, src += BYTES) {
    byte.store(dst, changetype<Range>(range).at(byte.load(src), byte.load(src + plane), byte.load(src + 2 * plane)));
  }
}
