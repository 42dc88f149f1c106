// An engine, and short ways to run steps on it.

import type { Value } from '../../../src/base/params.js';
import type { Extent, Numbers, Pass, Slot, Step } from '../../../src/engine.js';
import { elements } from '../../../src/engine.js';
import { derive, Node, stepOf as step } from '../../../src/graph/node.js';
import { type OpName, rowOf } from '../../../src/ops/index.js';
import type { WebglEngine } from '../../../src/webgl/engine.js';
import type { WebglOptions } from '../../../src/webgl/open.js';

// the built files by their address: only a browser can find them
export const built = <T>(address: string): Promise<T> => import(/* @vite-ignore */ address) as Promise<T>;

/** The engine as it is built, without the library around it. */
export async function engineOf(options: Partial<WebglOptions> = {}): Promise<WebglEngine> {
  const { openWebgl } = await built<typeof import('../../../src/webgl/open.js')>('/engine.js');
  const opened = await openWebgl({ memory: 2 ** 31, ...options });
  if ('refused' in opened) throw new Error(opened.refused);
  return opened.engine;
}

/** A canvas that can have a WebGL2 context: WebKitGTK gives one to elements alone. */
export function surface(width: number, height: number): OffscreenCanvas | HTMLCanvasElement {
  if (typeof document === 'undefined') return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement('canvas'), { width, height });
}

/** Numbers that come out the same in every run. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface Picture {
  extent: Extent;
  data: Numbers;
}

export const bytes = (batch: number, height: number, width: number, channels: number, next: () => number): Picture => {
  const extent: Extent = { batch, height, width, channels, dtype: 'uint8' };
  return { extent, data: Uint8Array.from({ length: elements(extent) }, () => Math.floor(next() * 256)) };
};

export const edges = [
  ...[
    0,
    -0,
    1,
    -1,
    0.5,
    0.49999997,
    0.50000006,
    1 / 255,
    127.5 / 255,
    254.99998 / 255,
    1.0000001,
    2,
    -2,
    1e30,
    -1e30,
    3.4e38,
  ],
  ...[
    1e-20,
    -1e-20,
    1e-40,
    -1e-40,
    2 ** -149,
    2 ** -126,
    1.1754942e-38,
    3e-38,
    2 ** -96,
    Infinity,
    -Infinity,
    NaN,
    0.1,
    0.3,
    // their product is so close above a power of two that its last bit depends on where it is rounded
    1.6263041634570516e-19,
    1.4456021642478385e-19,
  ],
];

/** Mostly 0..1, with the edges of float32 among them. */
export const floats = (batch: number, height: number, width: number, channels: number, next: () => number): Picture => {
  const extent: Extent = { batch, height, width, channels, dtype: 'float32' };
  const one = (): number =>
    next() < 0.3 ? edges[Math.floor(next() * edges.length)] : next() < 0.2 ? next() * 4 - 2 : next();
  return { extent, data: Float32Array.from({ length: elements(extent) }, one) };
};

export async function stepOf(
  name: OpName,
  from: Extent,
  values: Record<string, Value> = {},
  others: Slot[] = [],
): Promise<Step> {
  const { params } = rowOf(name);
  const defaults = Object.fromEntries(
    Object.entries(params).flatMap(([key, param]) => (param.default === undefined ? [] : [[key, param.default]])),
  );
  const source = new Node('source', {}, [], from);
  return { ...(await step(derive(name, { ...defaults, ...values }, source))), others };
}

export function upload(engine: WebglEngine, { extent, data }: Picture): Slot {
  const slot = engine.alloc(extent);
  engine.write(slot, data);
  return slot;
}

/** Run one pass into a slot of its own and read it; everything but the operands is freed. */
export async function result(
  engine: WebglEngine,
  extent: Extent,
  source: Slot | undefined,
  steps: Step[],
): Promise<Numbers> {
  const into = engine.alloc(extent);
  try {
    await engine.run(into, [{ source, steps, extent, first: 0, count: extent.batch } satisfies Pass]);
    const out = extent.dtype === 'uint8' ? new Uint8Array(elements(extent)) : new Float32Array(elements(extent));
    await engine.read(into, out);
    return out;
  } finally {
    engine.free(into);
  }
}

/** How many elements differ in their bits; one NaN is as good as another. */
export function differing(a: Numbers, b: Numbers): number {
  if (a.length !== b.length) return Math.max(a.length, b.length);
  let count = 0;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) count++;
  return count;
}
