// Counting distinct keys of one or more words: open addressing in typed arrays, which still work where a Map
// fails, at millions of keys. The WASM engine has a faster way for bytes; this one serves floats and engines without it.

import type { Pause } from './pause.js';

export interface Tally {
  /** Where in the words each key that was kept stands first: the most frequent first. */
  places: number[];
  counts: number[];
}

/** Which of two keys comes first where both are as frequent: below 0 for that at `a`. Keys are named by where they stand. */
export type Order = (a: number, b: number) => number;

export interface Question {
  /** Words of a key. */
  wide: number;
  /** Keys that are less frequent are left out. */
  least: number;
  /** At most so many keys are kept. */
  most: number;
  order: Order;
}

/** Keys that are looked at between two pauses. */
const PIECE = 2 ** 15;

export async function tally(words: Uint32Array, { wide, least, most, order }: Question, pause?: Pause): Promise<Tally> {
  let bits = 10;
  let slots = new Int32Array(2 ** bits).fill(-1);
  let firsts = new Uint32Array(2 ** (bits - 1));
  let counts = new Uint32Array(2 ** (bits - 1));
  let distinct = 0;
  // of this count alone: no one can choose colours that share their places
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
  const grow = async (): Promise<void> => {
    slots = new Int32Array(2 ** ++bits).fill(-1);
    firsts = lengthened(firsts);
    counts = lengthened(counts);
    for (let key = 0; key < distinct; key++) {
      if (key % PIECE === 0) await pause?.();
      slots[find(firsts[key])] = key;
    }
  };

  for (let at = 0, left = 0; at < words.length; at += wide, left--) {
    if (!left) {
      await pause?.();
      left = PIECE;
    }
    let place = find(at);
    if (slots[place] < 0) {
      if (distinct * 2 >= slots.length) {
        await grow();
        place = find(at);
      }
      slots[place] = distinct;
      firsts[distinct++] = at;
    }
    counts[slots[place]]++;
  }

  const best = new Best(most, (a, b) => counts[b] - counts[a] || order(firsts[a], firsts[b]));
  for (let key = 0; key < distinct; key++) {
    if (key % PIECE === 0) await pause?.();
    if (counts[key] >= least) best.offer(key);
  }
  const kept = best.sorted();
  return { places: kept.map((key) => firsts[key]), counts: kept.map((key) => counts[key]) };
}

/** The first so many of what is offered, by a heap with the last of them on top: millions may be offered, few are kept. */
class Best {
  readonly #heap: number[] = [];

  constructor(
    readonly most: number,
    readonly order: Order,
  ) {}

  offer(key: number): void {
    const heap = this.#heap;
    if (heap.length < this.most) {
      heap.push(key);
      this.#rise(heap.length - 1);
    } else if (heap.length && this.order(key, heap[0]) < 0) {
      heap[0] = key;
      this.#sink();
    }
  }

  sorted(): number[] {
    return this.#heap.sort(this.order);
  }

  #rise(at: number): void {
    const heap = this.#heap;
    for (let up = (at - 1) >> 1; at && this.order(heap[at], heap[up]) > 0; up = (at - 1) >> 1) {
      [heap[at], heap[up]] = [heap[up], heap[at]];
      at = up;
    }
  }

  #sink(): void {
    const heap = this.#heap;
    for (let at = 0; ; ) {
      let last = at;
      for (const down of [2 * at + 1, 2 * at + 2])
        if (down < heap.length && this.order(heap[down], heap[last]) > 0) last = down;
      if (last === at) return;
      [heap[at], heap[last]] = [heap[last], heap[at]];
      at = last;
    }
  }
}

function lengthened(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(array.length * 2);
  longer.set(array);
  return longer;
}
