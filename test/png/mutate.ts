// Small PNGs and seeded damage to them, shared by the fuzz test and scripts/fuzz.mjs. Half of the mutants get
// correct CRCs again, so that damage reaches later stages.

import { deflateSync } from 'node:zlib';
import { chunk, crc32, file, iend, ihdr, pairs, random, raw, type Spec, write } from './writer.js';

export function seeds(): Uint8Array[] {
  const list: Uint8Array[] = [];
  for (const [colorType, depth] of pairs) {
    for (const interlaced of [false, true]) {
      const spec: Spec = {
        width: 11,
        height: 9,
        colorType,
        depth,
        interlaced,
        sample: (x, y, c) => (x * 5 + y * 3 + c) & (2 ** depth - 1),
        filter: (y) => y % 5,
      };
      if (colorType === 3) spec.palette = Array.from({ length: 2 ** depth }, (_, i) => [i, 0, 255 - i]);
      if (colorType === 3) spec.transparency = [0, 127];
      list.push(write({ ...spec, piece: depth === 8 ? 20 : 1e9, level: depth === 1 ? 0 : 6 }));
    }
  }
  const pixels = (v: number): Buffer =>
    deflateSync(Uint8Array.from(raw({ width: 4, height: 4, colorType: 6, depth: 8, sample: (x, y) => x * y * v })));
  const control = (sequence: number, w: number, x: number, dispose: number, blend: number): Buffer =>
    chunk('fcTL', [0, 0, 0, sequence, 0, 0, 0, w, 0, 0, 0, 4, 0, 0, 0, x, 0, 0, 0, 0, 0, 1, 0, 10, dispose, blend]);
  list.push(
    file(
      ihdr(4, 4, 8, 6),
      chunk('acTL', [0, 0, 0, 3, 0, 0, 0, 0]),
      chunk('zTXt', Buffer.concat([Buffer.from('k\0\0'), deflateSync(Buffer.from('some text'))])),
      chunk('iTXt', Buffer.from('k\0\0\0en\0t\0text')),
      control(0, 4, 0, 1, 0),
      chunk('IDAT', pixels(9)),
      control(1, 4, 0, 2, 1),
      chunk('fdAT', Buffer.concat([Buffer.from([0, 0, 0, 2]), pixels(15)])),
      control(3, 4, 0, 0, 1),
      chunk('fdAT', Buffer.concat([Buffer.from([0, 0, 0, 4]), pixels(3)])),
      iend,
    ),
  );
  return list;
}

export function mutator(seed: number): () => Uint8Array {
  const next = random(seed),
    all = seeds(),
    pick = (n: number): number => Math.floor(next() * n);
  const values = [0, 1, 127, 128, 254, 255];
  return () => {
    let bytes = Uint8Array.from(all[pick(all.length)] ?? []);
    for (let k = 1 + pick(4); k > 0; k--) {
      const at = pick(bytes.length),
        kind = pick(6);
      if (kind === 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << pick(8));
      else if (kind === 1) bytes[at] = values[pick(values.length)] ?? 0;
      else if (kind === 2) bytes[at] = pick(256);
      else if (kind === 3)
        bytes = Uint8Array.from([
          ...bytes.subarray(0, at),
          ...bytes.subarray(Math.min(bytes.length, at + 1 + pick(20))),
        ]);
      else if (kind === 4)
        bytes = Uint8Array.from([
          ...bytes.subarray(0, at),
          ...bytes.subarray(at, at + pick(40)),
          ...bytes.subarray(at),
        ]);
      else if (pick(4) === 0) bytes = bytes.slice(0, at);
      if (bytes.length === 0) return bytes;
    }
    if (pick(4)) mend(bytes);
    return bytes;
  };
}

function mend(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    if (at + 12 + length > bytes.length) return;
    view.setUint32(at + 8 + length, crc32(bytes.subarray(at + 4, at + 8 + length)));
    at += 12 + length;
  }
}
