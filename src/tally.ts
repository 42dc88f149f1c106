// Counting distinct keys of one or more words: open addressing in typed arrays, which outlives a Map by far at millions of
// keys. The WASM engine has a faster way for bytes; this one serves floats and engines without it.

import type { Breath } from './breath.js';

export interface Tally {
  /** `wide` words for each key that was kept. */
  keys: Uint32Array;
  counts: Uint32Array;
}

export async function tally(words: Uint32Array, wide: number, least: number, breath?: Breath): Promise<Tally> {
  let capacity = 1024;
  let slots = new Int32Array(capacity).fill(-1);
  let firsts = new Uint32Array(capacity / 2);
  let counts = new Uint32Array(capacity / 2);
  let distinct = 0;

  const hash = (at: number): number => {
    let h = 0;
    for (let i = 0; i < wide; i++) h = Math.imul(h ^ words[at + i], 0x9e3779b1) ^ (h >>> 15);
    return (h ^ (h >>> 16)) & (capacity - 1);
  };
  const same = (a: number, b: number): boolean => {
    for (let i = 0; i < wide; i++) if (words[a + i] !== words[b + i]) return false;
    return true;
  };
  const grow = (): void => {
    capacity *= 2;
    slots = new Int32Array(capacity).fill(-1);
    firsts = lengthened(firsts);
    counts = lengthened(counts);
    for (let key = 0; key < distinct; key++) {
      let place = hash(firsts[key]);
      while (slots[place] >= 0) place = (place + 1) & (capacity - 1);
      slots[place] = key;
    }
  };

  for (let at = 0; at < words.length; at += wide) {
    if (breath && at % 65536 < wide) await breath();
    let place = hash(at);
    while (slots[place] >= 0 && !same(firsts[slots[place]], at)) place = (place + 1) & (capacity - 1);
    if (slots[place] < 0) {
      if (distinct * 2 >= capacity) {
        grow();
        place = hash(at);
        while (slots[place] >= 0) place = (place + 1) & (capacity - 1);
      }
      slots[place] = distinct;
      firsts[distinct++] = at;
    }
    counts[slots[place]]++;
  }

  const kept = Array.from({ length: distinct }, (_, key) => key).filter((key) => counts[key] >= least);
  const keys = new Uint32Array(kept.length * wide);
  kept.forEach((key, i) => {
    keys.set(words.subarray(firsts[key], firsts[key] + wide), i * wide);
  });
  return { keys, counts: Uint32Array.from(kept, (key) => counts[key]) };
}

function lengthened(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(array.length * 2);
  longer.set(array);
  return longer;
}
