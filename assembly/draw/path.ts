// Fills closed outlines: one scan line for each row of pixels, or, antialiased, LINES of them with exact horizontal coverage.
import { Frame, numbers } from "../lib/frame";

/** 0: even-odd, 1: nonzero. */
@unmanaged
class Path { rule: u32; antialias: u32; }

/** One side of an outline, upper end first. `turn` is 1 if it was drawn downwards, -1 if upwards. */
@unmanaged
class Side { x: f64; y: f64; end: f64; slope: f64; turn: i32; next: i32; }

const SIDE: u32 = 40;
/** Scan lines in a row of pixels. A flat edge is off by at most half of 1 / 64 pixel, which 64 lines make one level of 255. */
const LINES: i32 = 64;

/** How many pixels and crossings are examined between two pauses. */
const MOST: i32 = 65536;

/** Scratch: the sides, a list of them for each row, those that the scan line crosses, and the coverage of a row. */
export function pathRoom(block: usize): u32 {
  const f = changetype<Frame>(block), points = load<i32>(f.data);
  return <u32>min<f64>(<f64>points * (SIDE + 16) + <f64>f.height * 4 + <f64>f.width * 8 + 256, 4294967295);
}

export function path(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), p = changetype<Path>(numbers(block)), width = <i32>f.width, height = <i32>f.height;
  const points = load<i32>(f.data), sides = (scratch + 7) & ~7, crossed = sides + <usize>points * SIDE;
  const cover = crossed + <usize>points * 16, lists = cover + (<usize>width + 2) * 8, lines = p.antialias ? LINES : 1;
  if (!f.from) build(f.data, sides, lists, height, lines);
  const head = lists + (<usize>height << 2);
  let active = load<i32>(head), work = 0;
  const row = <usize>width;
  let y = <i32>f.from;
  for (; y < height && work < MOST; y++) {
    work += p.antialias ? 8 * width : width;
    for (let s = load<i32>(lists + (<usize>y << 2)); s >= 0;) {
      const side = changetype<Side>(sides + <usize>s * SIDE), next = side.next;
      side.next = active;
      active = s;
      s = next;
    }
    const at = dst + <usize>y * row;
    memory.fill(at, 0, row);
    if (active < 0) continue;
    if (p.antialias) memory.fill(cover, 0, (<usize>width + 2) * 8);
    for (let l = 0; l < lines; l++) {
      const line = <f64>y + (<f64>l + 0.5) / <f64>lines, count = cross(sides, active, line, crossed, head);
      active = load<i32>(head);
      work += 4 * count;
      let winding = 0, from: f64 = 0;
      for (let i = 0; i < count; i++) {
        const x = load<f64>(crossed + <usize>i * 16), before = winding;
        winding = p.rule ? winding + load<i32>(crossed + <usize>i * 16 + 8) : winding ^ 1;
        if (!before) from = x;
        else if (!winding) { if (p.antialias) span(cover, from, x, width); else centres(at, from, x, width); }
      }
    }
    if (p.antialias) gather(at, cover, width, lines);
    // drop the sides that end in this row
    let last = head;
    store<i32>(head, -1);
    for (let s = active; s >= 0;) {
      const side = changetype<Side>(sides + <usize>s * SIDE), next = side.next;
      if (side.end > <f64>(y + 1)) {
        store<i32>(last, s);
        last = changetype<usize>(side) + offsetof<Side>('next');
        side.next = -1;
      }
      s = next;
    }
    active = load<i32>(head);
  }
  store<i32>(head, active);
  return y < height ? <u32>y : 0;
}

/**
 * Puts the sides of all rings into the list of the first row each touches. Data: the number of points and a padding word, then
 * x, y and an end-of-ring flag for each point, 24 bytes, because plain JavaScript reads float64 at multiples of 8 only.
 */
function build(data: usize, sides: usize, lists: usize, height: i32, lines: i32): void {
  for (let y = 0; y <= height; y++) store<i32>(lists + (<usize>y << 2), -1);
  const points = load<i32>(data);
  let first = data + 8, made = 0;
  for (let i = 0, at = first; i < points; i++, at += 24) {
    const last = load<i32>(at + 16), next = last ? first : at + 24;
    const ax = load<f64>(at), ay = load<f64>(at + 8), bx = load<f64>(next), by = load<f64>(next + 8);
    if (last) first = at + 24;
    if (ay == by) continue;
    const down = ay < by, x = down ? ax : bx, y = down ? ay : by, end = down ? by : ay;
    if (end <= 0 || y >= <f64>height) continue;
    const side = changetype<Side>(sides + <usize>made * SIDE), list = lists + (<usize>max<i32>(<i32>Math.floor(y), 0) << 2);
    side.x = x; side.y = y; side.end = end; side.turn = down ? 1 : -1;
    side.slope = (bx - ax) / (by - ay);
    side.next = load<i32>(list);
    store<i32>(list, made++);
  }
}

/**
 * Where a scan line crosses the sides, from left to right: position, turn and side. A side includes its upper end and excludes
 * its lower one. The list at `head` is left in this order, which is nearly the order that the next line needs.
 */
function cross(sides: usize, active: i32, line: f64, crossed: usize, head: usize): i32 {
  let count = 0, rest = -1;
  for (let s = active; s >= 0;) {
    const side = changetype<Side>(sides + <usize>s * SIDE), own = s;
    s = side.next;
    if (line < side.y || line >= side.end) {
      side.next = rest;
      rest = own;
      continue;
    }
    const x = side.x + (line - side.y) * side.slope;
    let at = crossed + <usize>count * 16;
    for (; at > crossed && load<f64>(at - 16) > x; at -= 16) {
      store<f64>(at, load<f64>(at - 16));
      store<i64>(at + 8, load<i64>(at - 8));
    }
    store<f64>(at, x);
    store<i32>(at + 8, side.turn);
    store<i32>(at + 12, own);
    count++;
  }
  for (let i = count - 1; i >= 0; i--) {
    const own = load<i32>(crossed + <usize>i * 16 + 12);
    changetype<Side>(sides + <usize>own * SIDE).next = rest;
    rest = own;
  }
  store<i32>(head, rest);
  return count;
}

/** Fills the pixels whose centres lie from `a` on and before `b`. */
@inline function centres(at: usize, a: f64, b: f64, width: i32): void {
  const from = <i32>max<f64>(Math.ceil(a - 0.5), 0), to = <i32>min<f64>(Math.ceil(b - 0.5), <f64>width);
  if (to > from) memory.fill(at + <usize>from, 255, <usize>(to - from));
}

/** Adds a span to a row of differences. A pixel's coverage is the sum of all differences up to it. */
@inline function span(cover: usize, a: f64, b: f64, width: i32): void {
  edge(cover, min<f64>(max<f64>(a, 0), <f64>width), 1);
  edge(cover, min<f64>(max<f64>(b, 0), <f64>width), -1);
}

@inline function edge(cover: usize, x: f64, sign: f64): void {
  const i = <i32>x, part = x - <f64>i, at = cover + (<usize>i << 3);
  store<f64>(at, load<f64>(at) + sign * (1 - part));
  store<f64>(at + 8, load<f64>(at + 8) + sign * part);
}

function gather(at: usize, cover: usize, width: i32, lines: i32): void {
  let sum: f64 = 0;
  const scale = 255 / <f64>lines;
  for (let x = 0; x < width; x++) {
    sum += load<f64>(cover + (<usize>x << 3));
    store<u8>(at + <usize>x, <u8>min<f64>(max<f64>(sum * scale + 0.5, 0), 255));
  }
}
