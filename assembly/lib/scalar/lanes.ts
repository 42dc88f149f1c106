// lib/lanes.ts one lane wide, for engines without SIMD: the same names, the same arithmetic.
export type Byte = u32;
export type Word = u32;
export type Int = i32;
export type Float = f32;
export type Pair = f64;
export type Words = u64;
export type Bins = usize;

export const BYTES: u32 = 1;
export const LANES: u32 = 1;
export const PAIR: u32 = 1;
export const TURN: u32 = 1;

export namespace byte {
  @inline export function load(at: usize): Byte { return load_u8(at); }
  @inline export function store(at: usize, v: Byte): void { store_u8(at, v); }
  @inline export function splat(v: u32): Byte { return v & 255; }
  @inline export function add(a: Byte, b: Byte): Byte { return a + b > 255 ? 255 : a + b; }
  @inline export function sub(a: Byte, b: Byte): Byte { return a > b ? a - b : 0; }
  @inline export function plus(a: Byte, b: Byte): Byte { return a + b & 255; }
  @inline export function max(a: Byte, b: Byte): Byte { return a > b ? a : b; }
  @inline export function min(a: Byte, b: Byte): Byte { return a < b ? a : b; }
  @inline export function and(a: Byte, b: Byte): Byte { return a & b; }
  @inline export function or(a: Byte, b: Byte): Byte { return a | b; }
  @inline export function xor(a: Byte, b: Byte): Byte { return a ^ b; }
  @inline export function eq(a: Byte, b: Byte): Byte { return a == b ? 255 : 0; }
  @inline export function lt(a: Byte, b: Byte): Byte { return a < b ? 255 : 0; }
  @inline export function le(a: Byte, b: Byte): Byte { return a <= b ? 255 : 0; }
  @inline export function select(mask: Byte, a: Byte, b: Byte): Byte { return mask ? a : b; }
  @inline export function entry(table: usize, v: Byte): Byte { return load_u8(table + v); }
  @inline export function shr(a: Byte, by: i32): Byte { return a >> by; }
  @inline export function low(a: Byte, b: Byte): Byte { return a | b << 8; }
  @inline export function high(a: Byte, b: Byte): Byte { return a | b << 8; }
  @inline export function bits(a: Byte): u32 { return a >> 7; }
  @inline export function any(a: Byte): bool { return a != 0; }
  @inline export function top(a: Byte): Byte { return (0 - (a >> 7)) & 255; }
}

@inline export function turn(src: usize, stride: usize, dst: usize, step: usize): void { store<u8>(dst, load<u8>(src)); }

export namespace word {
  @inline export function low(v: Byte): Word { return v; }
  @inline export function high(v: Byte): Word { return v; }
  @inline export function narrow(low: Word, high: Word): Byte { return low; }
  @inline export function splat(v: u32): Word { return v; }
  @inline export function add(a: Word, b: Word): Word { return a + b; }
  @inline export function sub(a: Word, b: Word): Word { return a - b; }
  @inline export function mul(a: Word, b: Word): Word { return a * b; }
  @inline export function shr(a: Word, by: i32): Word { return a >> by; }
}

export namespace int {
  @inline export function load(at: usize): Int { return i32.load(at); }
  @inline export function store(at: usize, v: Int): void { i32.store(at, v); }
  @inline export function splat(v: i32): Int { return v; }
  @inline export function from(v: i32): Int { return v; }
  @inline export function add(a: Int, b: Int): Int { return a + b; }
  @inline export function sub(a: Int, b: Int): Int { return a - b; }
  @inline export function mul(a: Int, b: Int): Int { return a * b; }
  @inline export function times(a: Int, b: Int): Int { return a * b; }
  @inline export function shl(a: Int, by: i32): Int { return a << by; }
  @inline export function shr(a: Int, by: i32): Int { return a >> by; }
  @inline export function shru(a: Int, by: i32): Int { return a >>> by; }
  @inline export function max(a: Int, b: Int): Int { return a > b ? a : b; }
  @inline export function min(a: Int, b: Int): Int { return a < b ? a : b; }
  @inline export function and(a: Int, b: Int): Int { return a & b; }
  @inline export function or(a: Int, b: Int): Int { return a | b; }
  @inline export function xor(a: Int, b: Int): Int { return a ^ b; }
  @inline export function not(a: Int): Int { return ~a; }
  @inline export function eq(a: Int, b: Int): Int { return a == b ? -1 : 0; }
  @inline export function gt(a: Int, b: Int): Int { return a > b ? -1 : 0; }
  @inline export function any(mask: Int): bool { return mask != 0; }
  @inline export function select(mask: Int, a: Int, b: Int): Int { return mask ? a : b; }
  @inline export function least(v: Int): Int { return v; }
  @inline export function bits(a: Int): u32 { return <u32>a >> 31; }
  @inline export function lowDot(v: Byte, p: i32, q: i32): Int { return <i32>(v & 255) * p + <i32>(v >> 8) * q; }
  @inline export function highDot(v: Byte, p: i32, q: i32): Int { return <i32>(v & 255) * p + <i32>(v >> 8) * q; }
  @inline export function lowPair(a: Word, b: Word): Int { return a & 0xffff | b << 16; }
  @inline export function highPair(a: Word, b: Word): Int { return 0; } // one lane has no high half
  @inline export function lowPairs(v: Byte): Int { return v & 255 | v >> 8 << 16; }
  @inline export function highPairs(v: Byte): Int { return 0; }
  @inline export function dot(pairs: Int, weights: Int): Int { return <i32>(<i16>pairs) * <i32>(<i16>weights) + (pairs >> 16) * (weights >> 16); }
  @inline export function same(at: usize): Int { return i32.load(at); }
  @inline export function low(v: Word): Int { return v; }
  @inline export function high(v: Word): Int { return v; }
  @inline export function narrow(a: Int, b: Int, c: Int, d: Int): Byte { return a; }
  @inline export function bound(a: Int, b: Int, c: Int, d: Int): Byte { return min(max(a, 0), 255); }
  @inline export function masks(a: Int, b: Int, c: Int, d: Int): Byte { return a & 255; }
  @inline export function whole(v: Float): Int { return <i32>v & 255; }
  @inline export function bytes(at: usize): Int { return load_u8(at); }
  @inline export function clip(v: Float): Int { return v > 0 ? v < 255 ? <i32>v : 255 : 0; }
  @inline export function pack(at: usize, a: Int, b: Int, c: Int, d: Int): void {
    store_u8(at, a); store_u8(at + 1, b); store_u8(at + 2, c); store_u8(at + 3, d);
  }
  @inline export function rgba(at: usize): Int { return i32.load(at); }
  @inline export function rgb(at: usize): Int { return load_u8(at) | load_u8(at + 1) << 8 | load_u8(at + 2) << 16 | 0xff000000; }
  @inline export function gray(at: usize): Int { return load_u8(at) * 0x010101 | 0xff000000; }
}

export namespace float {
  @inline export function load(at: usize): Float { return f32.load(at); }
  @inline export function store(at: usize, v: Float): void { f32.store(at, v); }
  @inline export function splat(v: f32): Float { return v; }
  @inline export function from(v: Int): Float { return <f32>v; }
  @inline export function add(a: Float, b: Float): Float { return a + b; }
  @inline export function sub(a: Float, b: Float): Float { return a - b; }
  @inline export function mul(a: Float, b: Float): Float { return a * b; }
  @inline export function div(a: Float, b: Float): Float { return a / b; }
  @inline export function abs(a: Float): Float { return f32.abs(a); }
  @inline export function floor(a: Float): Float { return f32.floor(a); }
  @inline export function sqrt(a: Float): Float { return f32.sqrt(a); }
  @inline export function eq(a: Float, b: Float): Int { return a == b ? -1 : 0; }
  @inline export function max(a: Float, b: Float): Float { return f32.max(a, b); }
  @inline export function min(a: Float, b: Float): Float { return f32.min(a, b); }
  @inline export function above(a: Float, b: Float): Float { return a < b ? b : a; }
  @inline export function below(a: Float, b: Float): Float { return b < a ? b : a; }
  @inline export function gt(a: Float, b: Float): Int { return a > b ? -1 : 0; }
  @inline export function le(a: Float, b: Float): Int { return a <= b ? -1 : 0; }
  @inline export function one(mask: Int): Float { return mask ? 1 : 0; }
}

export namespace bins {
  @inline export function open(at: usize): Bins { return at; }
  @inline export function keep(at: usize, v: Bins): void {}
  // four bytes in a word: none falls below 0 or rises above 255, so none carries into its neighbour
  @inline export function shift(v: Bins, b: usize, c: usize): Bins {
    for (let i: usize = 0; i < 16; i += 4) i32.store(v + i, i32.load(v + i) - i32.load(c + i) + i32.load(b + i));
    return v;
  }
  @inline export function add(v: Bins, b: usize): Bins {
    for (let i: usize = 0; i < 16; i += 4) i32.store(v + i, i32.load(v + i) + i32.load(b + i));
    return v;
  }
  @inline export function sub(v: Bins, b: usize): Bins {
    for (let i: usize = 0; i < 16; i += 4) i32.store(v + i, i32.load(v + i) - i32.load(b + i));
    return v;
  }
  @inline export function below(v: Bins, limit: u32): u32 {
    let n: u32 = 0;
    while (load_u8(v + n) < limit) n++;
    return n;
  }
  @inline export function shiftLow(v: Bins, b: usize, c: usize): Bins {
    for (let i: usize = 0; i < 8; i++) i32.store16(v + 2 * i, (i32.load16_u(v + 2 * i) - <i32>load_u8(c + i) + <i32>load_u8(b + i)));
    return v;
  }
  @inline export function shiftHigh(v: Bins, b: usize, c: usize): Bins { return shiftLow(v, b + 8, c + 8); }
  @inline export function addLow(v: Bins, b: usize): Bins {
    for (let i: usize = 0; i < 8; i++) i32.store16(v + 2 * i, (i32.load16_u(v + 2 * i) + <i32>load_u8(b + i)));
    return v;
  }
  @inline export function addHigh(v: Bins, b: usize): Bins { return addLow(v, b + 8); }
  // the words of both vectors are contiguous
  @inline export function belowWide(low: Bins, high: Bins, limit: u32): u32 {
    let n: u32 = 0;
    while (<u32>i32.load16_u(low + 2 * n) < limit) n++;
    return n;
  }
}

export namespace pair {
  @inline export function splat(v: f64): Pair { return v; }
  @inline export function add(a: Pair, b: Pair): Pair { return a + b; }
  @inline export function sub(a: Pair, b: Pair): Pair { return a - b; }
  @inline export function mul(a: Pair, b: Pair): Pair { return a * b; }
  @inline export function div(a: Pair, b: Pair): Pair { return a / b; }
  @inline export function clamp(v: Pair): Pair { return v > 0 ? v < 1 ? v : 1 : 0; }
  @inline export function small(v: Pair, limit: f64, p: Pair, q: Pair): Pair { return f64.abs(v) < limit ? p : q; }
  @inline export function at(from: usize): Pair { return f64.load(from); }
  @inline export function keep(at: usize, v: Pair): void { f64.store(at, v); }
  @inline export function lower(a: Pair, b: Pair): Pair { return a; }
  @inline export function upper(a: Pair, b: Pair): Pair { return b; }
  @inline export function low(a: Int, b: Int): Words { return <u64><u32>a | <u64><u32>b << 32; }
  @inline export function high(a: Int, b: Int): Words { return low(a, b); }
  @inline export function words(at: usize): Words { return <u64>i64.load(at); }
  @inline export function first(v: Words): Pair { return <f64>(<u32>v); }
  @inline export function second(v: Words): Pair { return <f64>(<u32>(v >> 32)); }
  @inline export function first8(at: usize): Pair { return <f64>load_u8(at); }
  @inline export function second8(at: usize): Pair { return <f64>load_u8(at + 1); }
  @inline export function third8(at: usize): Pair { return <f64>load_u8(at + 2); }
  @inline export function quads(at: usize, step: usize, a: Pair, b: Pair, c: Pair, d: Pair): void {
    f32.store(at, <f32>a);
    f32.store(at + 4, <f32>b);
    f32.store(at + 8, <f32>c);
    f32.store(at + 12, <f32>d);
  }
  @inline export function floats(at: usize, v: Pair): void { f32.store(at, <f32>v); }
  @inline export function single(at: usize, v: Pair): void { f32.store(at, <f32>v); }
}

export namespace four {
  export function exchange(at: usize, enter: Int, leave: Int): void {
    for (let i: usize = 0; i < 4; i++) {
      const p = part(enter, i), q = part(leave, i), other: usize = i < 2 ? i + 1 : i == 2 ? 0 : 3;
      add(at + i * 4, p - q);
      add(at + 16 + i * 4, p * part(enter, 3) - q * part(leave, 3));
      add(at + 32 + i * 4, p * p - q * q);
      add(at + 48 + i * 4, p * part(enter, other) - q * part(leave, other));
    }
  }
  @inline export function gain(at: usize, by: usize): void { for (let i: usize = 0; i < 64; i += 4) add(at + i, i32.load(by + i)); }
  @inline export function move(at: usize, enter: usize, leave: usize): void { for (let i: usize = 0; i < 64; i += 4) add(at + i, i32.load(enter + i) - i32.load(leave + i)); }
  @inline export function lay(at: usize, enter: usize, leave: usize): void {
    for (let i: usize = 0; i < 4; i++) f64.store(at + i * 8, f64.load(at + i * 8) + (<f64>f32.load(enter + i * 4) - <f64>f32.load(leave + i * 4)));
  }
  @inline function part(pixel: u32, i: usize): i32 { return pixel >> (<u32>i * 8) & 255; }
  @inline function add(at: usize, by: i32): void { i32.store(at, i32.load(at) + by); }
}

// inside the namespaces `load` and `store` are the lanes' own, so plain byte accesses need other names
@inline function load_u8(at: usize): u32 { return load<u8>(at); }
@inline function store_u8(at: usize, v: u32): void { store<u8>(at, v); }
