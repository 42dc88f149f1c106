// What two masks join to, on the GPU, against what other programs gave for the same small arrays.
import type { MaskBatch } from '../../../src/index.js';
import { open } from './whole.js';

export interface Vector {
  a: number[];
  b: number[];
  expected: number[];
  x: number[];
  y: number[];
  floats: number[];
  source: string;
}

/** Elements that differ, by operation; only those that do. */
export async function recorded(): Promise<Record<string, number>> {
  const device = await open('webgl2');
  const vectors: Record<string, Vector> = await (await fetch('/vectors.json')).json();
  const wrong: Record<string, number> = {};
  const compare = (name: string, got: ArrayLike<number>, wanted: number[]): void => {
    const bad = Array.from(got).reduce((sum, value, i) => sum + Number(value !== wanted[i]), 0);
    if (bad || got.length !== wanted.length) wrong[name] = bad;
  };
  for (const [name, { a, b, expected, x, y, floats }] of Object.entries(vectors)) {
    const join = (one: MaskBatch, other: MaskBatch): MaskBatch => one[name as 'add'](other);
    const bytes = [a, b].map((all) => device.mask(Uint8Array.from(all), [1, all.length]));
    compare(`${name} of bytes`, await join(bytes[0], bytes[1]).bytes(), expected);
    const masks = [x, y].map((all) => device.mask(Float32Array.from(all), [1, all.length]));
    compare(`${name} of floats`, await join(masks[0], masks[1]).data(), floats);
  }
  if (Object.keys(vectors).length < 10) wrong.vectors = Object.keys(vectors).length;
  device.close();
  return wrong;
}
