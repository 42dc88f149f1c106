// Matches by hash chains of four bytes, with one step of lookahead: a match is held back in case the next byte starts a longer
// one.
import {
  IN, IN_END, BASE, CHAIN, SHIFT, SEQUENCES, START, HEADS, LINKS, MOST_SEQUENCES, MOST_SYMBOLS, note,
} from "./state";

const REACH: u32 = 32768;

@inline function slot(state: usize, p: usize): usize {
  return state + HEADS + (<usize>((load<u32>(p, 0, 1) * 2654435761) >> 17) << 2);
}

/** Puts p at the head of its chain and returns the position that it displaces, plus one. */
@inline export function insert(state: usize, p: usize, shift: u32): u32 {
  const at = slot(state, p), place = <u32>p + shift, before = load<u32>(at);
  store<u32>(at, place);
  store<u32>(state + LINKS + (<usize>(place & (REACH - 1)) << 2), before);
  return before;
}

@inline function same(a: usize, b: usize, most: u32): u32 {
  let n: u32 = 0;
  while (n < most) {
    const x = load<u64>(a + n, 0, 1) ^ load<u64>(b + n, 0, 1);
    if (x) { n += <u32>(ctz(x) >> 3); break; }
    n += 8;
  }
  return n < most ? n : most;
}

/** length | distance << 16 of the best match longer than `beat`, or 0. */
function find(state: usize, p: usize, first: u32, most: u32, beat: u32, tries: u32, shift: u32): u32 {
  const place = <u32>p + shift, base = load<u32>(state, BASE) + shift, links = state + LINKS;
  let candidate = first, best = beat, found: u32 = 0, left = tries;
  while (candidate && candidate >= base && place - candidate < REACH && left) {
    const q = <usize>(candidate - shift);
    if (load<u32>(q + best - 3, 0, 1) == load<u32>(p + best - 3, 0, 1)) {
      const n = same(p, q, most);
      if (n > best) {
        best = n;
        found = n | ((place - candidate) << 16);
        if (n == most) break;
      }
    }
    const next = load<u32>(links + (<usize>(candidate & (REACH - 1)) << 2));
    if (next >= candidate) break; // a later position has taken the slot
    candidate = next;
    left--;
  }
  return found;
}

export function chains(state: usize): void {
  const begin = <usize>load<u32>(state, IN), end = <usize>load<u32>(state, IN_END), shift = load<u32>(state, SHIFT), tries = load<u32>(state, CHAIN);
  let p = begin, literal = begin, n: u32 = 0, symbols: u32 = 0, held: u32 = 0;
  while (p + 8 < end && n < MOST_SEQUENCES - 2) {
    if (symbols + <u32>(p - literal) >= MOST_SYMBOLS) break;
    const room = end - p, most: u32 = room < 258 ? <u32>room : 258;
    const before = insert(state, p, shift), beat = held & 0xffff;
    let found: u32 = 0;
    if (beat < most) found = find(state, p, before, most, beat ? beat : 3, beat >= 32 ? tries >> 2 : tries, shift);
    if (held && !found) {
      // The match held back from the byte before is used.
      note(state, n++, literal, <u32>(p - 1 - literal), held & 0xffff, held >> 16);
      symbols += <u32>(p - 1 - literal) + 1;
      const stop = p - 1 + (held & 0xffff);
      for (p++; p < stop; p++) if (p + 4 <= end) insert(state, p, shift);
      literal = stop;
      p = stop;
      held = 0;
      continue;
    }
    held = found;
    p++;
  }
  if (held) {
    note(state, n++, literal, <u32>(p - 1 - literal), held & 0xffff, held >> 16);
    p = p - 1 + (held & 0xffff);
    symbols += 1;
    literal = p;
  }
  if (p + 8 >= end) p = end;
  note(state, n++, literal, <u32>(p - literal), 0, 0);
  store<u32>(state, n, SEQUENCES);
  store<u32>(state, <u32>begin, START);
  store<u32>(state, <u32>p, IN);
}
