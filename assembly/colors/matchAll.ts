// `match` for many colours in one pass: looks up the colours of 64 pixels and writes only to the masks that change. The caller
// clears the masks. Needs `matchAllRoom` bytes of scratch; a call without pixels fills it, all other calls only read it.
import { FLAGS, dull, flagOf, hash } from "./lib/color";
import { fill } from "./lib/fill";
import { ends } from "./lib/runs";
import { keyOf } from "../lib/key";

/** `masks`: `k` pointers to pixel 0. `colors`: `k` keys. `size`: bytes of a mask's pixel. `src`: the keys of `n` pixels. */
export function matchAll(scratch: usize, masks: usize, colors: usize, k: u32, channels: u32, size: u32, src: usize, n: u32, from: u32): void {
  if (!n) return open(scratch, colors, k, channels);
  const begin = src, end = src + (n << 2), skip = <usize>from * size;
  let run = src;
  for (; src < end; src += 256) {
    let cut = ends(src);
    if (src + 256 > end) cut &= (<u64>1 << (end - src >> 2)) - 1;
    if (~cut || run < src) {
      for (; cut; cut &= cut - 1) {
        const to = src + 4 + (<usize>ctz(cut) << 2);
        paint(scratch, masks, k, size, skip, begin, run, to);
        run = to;
      }
    } else for (; run < src + 256; run += 64) {
      if (!dull(scratch, run)) for (let i: usize = 0; i < 64; i += 4) paint(scratch, masks, k, size, skip, begin, run + i, run + i + 4);
    }
  }
  if (run < end) paint(scratch, masks, k, size, skip, begin, run, end);
}

@inline function paint(scratch: usize, masks: usize, k: u32, size: u32, skip: usize, begin: usize, at: usize, to: usize): void {
  const mask = find(scratch, masks, k, load<u32>(at));
  if (!mask) return;
  const dst = mask + skip;
  if (size == 4) fill(dst + (at - begin), dst + (to - begin), 0x3f800000);
  else fill(dst + (at - begin >> 2), dst + (to - begin >> 2), 0xffffffff);
}

// Scratch: the flags, then a table of u32 colours and u32 mask numbers + 1, where 0 is free. One eighth of it is in use.
@inline function bits(k: u32): u32 { return 35 - clz(k); }
@inline function entry(scratch: usize, at: u32): usize { return scratch + (1 << FLAGS) + (at << 3); }
@inline function next(at: u32, k: u32): u32 { return (at + 1) & ((1 << bits(k)) - 1); }
export function matchAllRoom(k: u32): u32 { return (1 << FLAGS) + (8 << bits(k)); }

function open(scratch: usize, colors: usize, k: u32, channels: u32): void {
  memory.fill(scratch, 0, matchAllRoom(k));
  for (let i: u32 = 0; i < k; i++) {
    const key = keyOf(load<u32>(colors + (i << 2)), channels);
    let at = hash(key) >> 32 - bits(k);
    while (load<u32>(entry(scratch, at), 4)) at = next(at, k);
    store<u32>(entry(scratch, at), key);
    store<u32>(entry(scratch, at), i + 1, 4);
    store<u8>(scratch + flagOf(key), 1);
  }
}

/** The mask of a colour, or 0. */
@inline function find(scratch: usize, masks: usize, k: u32, key: u32): usize {
  let at = hash(key) >> 32 - bits(k);
  for (; load<u32>(entry(scratch, at), 4); at = next(at, k)) {
    if (load<u32>(entry(scratch, at)) == key) return load<u32>(masks - 4 + (load<u32>(entry(scratch, at), 4) << 2));
  }
  return 0;
}
