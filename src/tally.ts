// Counting distinct keys of one or more words: open addressing in typed arrays, which outlives a Map by far at millions of
// keys. The WASM engine has a faster way for bytes; this one serves floats and engines without it.

import type { Breath } from './breath.js';

export interface Tally {
  /** `wide` words for each key that was kept. */
  keys: Uint32Array;
  counts: Uint32Array;
}

export async function tally(words: Uint32Array, wide: number, least: number, breath?: Breath): Promise<Tally> {
  let bits = 10;
  let slots = new Int32Array(2 ** bits).fill(-1);
  let firsts = new Uint32Array(2 ** (bits - 1));
  let counts = new Uint32Array(2 ** (bits - 1));
  let distinct = 0;
  // of this count alone: nobody can choose colours that share their places
  const mixers = Uint32Array.from({ length: wide }, () => (Math.random() * 2 ** 32) | 1);

  const hash = (at: number): number => {
    let h = 0;
    for (let i = 0; i < wide; i++) h = (h + Math.imul(words[at + i], mixers[i])) | 0;
    return h >>> (32 - bits);
  };
  const same = (a: number, b: number): boolean => {
    for (let i = 0; i < wide; i++) if (words[a + i] !== words[b + i]) return false;
    return true;
  };
  /** Where the key at `at` is, or where it belongs. */
  const find = (at: number): number => {
    let place = hash(at);
    for (let step = 1; slots[place] >= 0 && !same(firsts[slots[place]], at); step++)
      place = (place + step) & (slots.length - 1);
    return place;
  };
  const grow = (): void => {
    slots = new Int32Array(2 ** ++bits).fill(-1);
    firsts = lengthened(firsts);
    counts = lengthened(counts);
    for (let key = 0; key < distinct; key++) slots[find(firsts[key])] = key;
  };

  for (let at = 0; at < words.length; at += wide) {
    if (breath && at % 65536 < wide) await breath();
    let place = find(at);
    if (slots[place] < 0) {
      if (distinct * 2 >= slots.length) {
        grow();
        place = find(at);
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
