// The rings along the edges of a mask's pixels, built row by row without following any ring. A vertical stretch of edge begins
// and ends where rows differ, and each horizontal edge joins two stretches. Pixels that touch at a corner belong together (8
// neighbours), so at such a corner a ring touches itself or another but never crosses. The mask lies to the right of every edge:
// outer rings run clockwise, holes counterclockwise.
//
// Reads the bits that corners.ts wrote. Writes words: the number of rings and of points; for each ring the index of its first
// point, times two, plus one for a hole; then the points, x and y.
import { Frame, numbers } from "../lib/frame";
import { rowBytes } from "./lib/bits";

@unmanaged
class Asked { bits: usize; points: u32; rings: u32; }

/** A vertical stretch: its column, top, bottom, and the next stretch of its ring. */
@unmanaged
class Stretch {
  /** Times two, plus one where the mask is on the left, so that the ring runs down. */
  x: u32;
  top: u32;
  bottom: u32;
  next: usize;
}
const STRETCH: usize = 16;

@unmanaged
class State {
  row: u32;
  top: usize;
  at: usize;
  /** Points and rings written so far. */
  points: u32;
  rings: u32;
}
const HEAD: usize = 32;

/** The columns where a row changes and the stretches there, for the row above and this one, each list closed by END. */
@inline function lists(width: u32): usize { return 8 * (<usize>width + 2); }
const END = u32.MAX_VALUE;

export function outlinesRoom(block: usize): u32 {
  const f = changetype<Frame>(block), asked = changetype<Asked>(numbers(block));
  // a stretch has two points
  return <u32>min<f64>(<f64>HEAD + 2 * <f64>lists(f.aWidth) + <f64>asked.points * 8 + 64, 4294967295);
}

export function outlines(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), asked = changetype<Asked>(numbers(block)), state = changetype<State>(scratch);
  const width = f.aWidth, height = f.aHeight, first = scratch + HEAD + 2 * lists(width);
  if (!f.from) {
    state.row = 0;
    state.top = state.at = first;
    state.points = state.rings = 0;
    store<u32>(scratch + HEAD + lists(width), END);
  }
  if (state.row <= height) {
    const row = rowBytes(width);
    for (let left: i32 = 262144; left > 0 && state.row <= height; left -= width, state.row++) {
      const odd = <usize>(state.row & 1), above = scratch + HEAD + (1 - odd) * lists(width), below = scratch + HEAD + odd * lists(width);
      turns(below, asked.bits + (state.row + 1) * row, row);
      state.top = join(above, below, state.row, state.top);
    }
    return 1;
  }
  const offsets = dst + 8, points = offsets + (<usize>asked.rings << 2);
  let most: i32 = 262144;
  for (; most > 0 && state.at < state.top; state.at += STRETCH, most--) {
    if (changetype<Stretch>(state.at).next) most -= ring(state.at, state, offsets, points);
  }
  if (state.at < state.top) return 1;
  store<u32>(dst, state.rings);
  store<u32>(dst, state.points, 4);
  return 0;
}

// Entries alternate: where the mask begins, and where it ends.
function turns(list: usize, bits: usize, row: usize): void {
  const end = bits + row;
  let carry: u64 = 0, x: u32 = 0;
  do {
    const own = load<u64>(bits);
    for (let turn = own ^ (own << 1 | carry); turn; turn &= turn - 1, list += 8) store<u32>(list, x + <u32>ctz(turn));
    carry = own >> 63;
    x += 64;
    bits += 8;
  } while (bits < end);
  store<u32>(list, END);
}

/** Ends, begins and joins stretches between two rows; returns where the next stretch goes. */
function join(above: usize, below: usize, y: u32, top: usize): usize {
  let open: usize = 0; // the stretch at the left end of a horizontal edge that is still open
  let inside: u32 = 0, down: u32 = 0; // whether this place is in the mask in the row above, and in this row
  for (let p = load<u32>(above), q = load<u32>(below); (p & q) != END;) {
    if (p == q && inside == down) { // the edge continues
      store<usize>(below, load<usize>(above, 4), 4);
      inside ^= 1;
      down ^= 1;
      above += 8;
      below += 8;
      p = load<u32>(above);
      q = load<u32>(below);
      continue;
    }
    let ended: usize = 0, begun: usize = 0;
    if (p <= q) {
      ended = load<usize>(above, 4);
      changetype<Stretch>(ended).bottom = y;
    }
    if (q <= p) {
      begun = top;
      top += STRETCH;
      const one = changetype<Stretch>(begun);
      one.x = q << 1 | down;
      one.top = y;
      store<usize>(below, begun, 4);
    }
    if (p == q) {
      // two pixels touch at this corner: above left and below right, or the other way round
      const left = inside ? begun : ended, right = inside ? ended : begun;
      link(open, left, down);
      open = right;
    } else {
      const one = p < q ? ended : begun;
      if (open) {
        link(open, one, down);
        open = 0;
      } else open = one;
    }
    const less = p <= q, more = q <= p;
    if (less) {
      inside ^= 1;
      above += 8;
      p = load<u32>(above);
    }
    if (more) {
      down ^= 1;
      below += 8;
      q = load<u32>(below);
    }
  }
  return top;
}

/** Joins two stretches by a horizontal edge, which runs to the right if the mask is below it. */
@inline function link(left: usize, right: usize, below: u32): void {
  if (below) changetype<Stretch>(left).next = right;
  else changetype<Stretch>(right).next = left;
}

/** Writes the ring of a stretch; returns how many stretches it has. */
function ring(from: usize, state: State, offsets: usize, points: usize): i32 {
  const hole = changetype<Stretch>(from).x & 1;
  let at = from, n: i32 = 0, to = points + (<usize>state.points << 3);
  store<u32>(offsets + (<usize>state.rings << 2), state.points << 1 | hole);
  // outer rings begin at their top left corner, which is where their first stretch ends
  if (!hole) { put(to, changetype<Stretch>(at).x, changetype<Stretch>(at).top); to += 8; at = changetype<Stretch>(at).next; n++; }
  do {
    const one = changetype<Stretch>(at), next = one.next;
    if (at != from || hole) {
      put(to, one.x, one.x & 1 ? one.top : one.bottom);
      put(to + 8, one.x, one.x & 1 ? one.bottom : one.top);
      to += 16;
    }
    n++;
    one.next = 0;
    at = next;
  } while (at != from && at);
  if (!hole) { put(to, changetype<Stretch>(from).x, changetype<Stretch>(from).bottom); to += 8; changetype<Stretch>(from).next = 0; }
  state.points = <u32>((to - points) >> 3);
  state.rings++;
  return n;
}

@inline function put(at: usize, x: u32, y: u32): void {
  store<u32>(at, x >> 1);
  store<u32>(at, y, 4);
}
