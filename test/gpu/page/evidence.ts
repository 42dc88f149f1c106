// Compares calls with the evidence of test/ops: other programs' results for small pictures.
import { isPositional } from '../../../src/engine.js';
import type { Device, ImageBatch, MaskBatch } from '../../../src/index.js';
import { ops, type Row } from '../../../src/ops/index.js';
import { open } from './whole.js';

export interface Case {
  readonly on: 'mask' | 'image' | 'device';
  readonly options?: Readonly<Record<string, unknown>>;
  readonly shapes: readonly (readonly number[])[];
  readonly inputs: readonly string[];
  /** What the inputs are, where two axes are not a mask and more not a picture. */
  readonly is?: readonly ('mask' | 'image')[];
  /** Of the answer, without the batch where it is a single one. */
  readonly shape: readonly number[];
  readonly expected: string;
  /** Masks and the answer are float32. */
  readonly floats?: boolean;
  /** All inputs are float32. */
  readonly takes?: 'float32';
  readonly gives?: 'float32' | 'uint8';
  /** The method, where it is not the row's name, and what it is given after the inputs, where it is not the options. */
  readonly call?: string;
  readonly args?: readonly unknown[];
  /** How far an answer may be from it, where it need not be the same. */
  readonly near?: number;
  /** The same in units of the last place of float32. */
  readonly ulps?: number;
}

export interface Evidence {
  readonly source: string;
  readonly cases: readonly Case[];
}

type Numbers = Uint8Array | Float32Array;
type Made = MaskBatch | ImageBatch | { readonly masks?: MaskBatch };

function numbers(base64: string, floats: boolean): Numbers {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return floats ? new Float32Array(bytes.buffer) : bytes;
}

/** Places among the float32 numbers, in their order. */
function place(value: number): number {
  const bits = new Int32Array(Float32Array.of(value).buffer)[0];
  return bits < 0 ? -(bits & 0x7fffffff) : bits;
}

function away(value: number, got: number, ulps: boolean): number {
  if (Object.is(value, got)) return 0;
  const distance = ulps ? Math.abs(place(value) - place(got)) : Math.abs(value - got);
  return distance || Infinity;
}

/** With `second`, the first input is the second picture of a batch; the first one holds the same numbers backwards. */
async function answer(
  device: Device,
  name: string,
  one: Case,
  second = false,
): Promise<MaskBatch | ImageBatch | string> {
  const inputs = one.inputs.map((base64, i) => {
    const shape = [...one.shapes[i]];
    const mask = (one.is?.[i] ?? (shape.length === 2 ? 'mask' : 'image')) === 'mask';
    const data = numbers(base64, one.takes === 'float32' || (one.floats === true && mask));
    if (!second || i > 0) return mask ? device.mask(data, shape) : device.image(data, shape);
    const both = data.length ? new (data.constructor as typeof Uint8Array)(2 * data.length) : data;
    both.set(data.slice().reverse());
    both.set(data, data.length);
    return mask ? device.mask(both, [2, ...shape]) : device.image(both, [2, ...shape]);
  });
  const receiver = inputs[0] ?? device;
  const method: unknown = Reflect.get(receiver, one.call ?? name);
  if (typeof method !== 'function') return 'there is no such method';
  const made: Made = await method.call(receiver, ...inputs.slice(1), ...(one.args ?? [one.options ?? {}]));
  return 'masks' in made ? (made.masks ?? 'there are no masks') : (made as MaskBatch | ImageBatch);
}

/** Rows whose kernels are told which picture of a batch to make. */
const positional = (name: string): boolean => isPositional((ops as Record<string, Row>)[name].kind);

/** Why the answer to a case is not the recorded one; nothing if it is. */
export async function wrong(device: Device, name: string, one: Case): Promise<string | undefined> {
  const made = await answer(device, name, one);
  if (typeof made === 'string') return made;
  const floats = one.floats || one.gives === 'float32';
  if (one.gives && made.dtype !== one.gives) return `${made.dtype} rather than ${one.gives}`;
  const shape = made.shape.slice(made.shape.length - one.shape.length).join();
  if (shape !== one.shape.join() || (shape !== made.shape.join() && made.shape[0] !== 1))
    return `${made.shape} rather than ${one.shape}`;
  const expected = numbers(one.expected, floats === true);
  const got = floats ? await made.data() : await made.bytes();
  let most = 0;
  for (let i = 0; i < expected.length; i++) most = Math.max(most, away(expected[i], got[i], one.ulps !== undefined));
  // bytes of a picture that was not computed before, as floats: kernels give them without a stop in bytes
  const fresh = floats || one.on !== 'image' ? made : await answer(device, name, one);
  if (fresh !== made && typeof fresh !== 'string')
    (await fresh.as('float32').data()).forEach((value, i) => {
      most = Math.max(most, away(Math.fround(got[i] / 255), value, false));
    });
  // the masks of a colour map are made by one kernel, and each by another where a further step follows
  if (one.call === 'colorMap' && typeof fresh !== 'string' && 'invert' in fresh)
    (await fresh.invert().data()).forEach((value, i) => {
      most = Math.max(most, away(Math.fround(1 - got[i] / (floats ? 1 : 255)), value, false));
    });
  // components takes one picture at a time
  const single =
    one.call !== 'components' && one.shapes[0]?.length === (made.shape.length === 4 || one.on === 'image' ? 3 : 2);
  if (positional(name) && single && made.shape[0] === 1) {
    const both = await answer(device, name, one, true);
    if (typeof both === 'string') return both;
    if (both.shape[0] !== 2) return `${both.shape} for a batch of two`;
    const second = floats ? await both.at(1).data() : await both.at(1).bytes();
    for (let i = 0; i < expected.length; i++)
      most = Math.max(most, away(expected[i], second[i], one.ulps !== undefined));
  }
  return most > (one.ulps ?? one.near ?? 0) ? `up to ${most} away` : undefined;
}

/** What is wrong of a row, a sentence for each case; with `bail` the first alone. */
export async function failing(device: Device, name: string, cases: readonly Case[], bail = false): Promise<string[]> {
  const found: string[] = [];
  for (const [i, one] of cases.entries()) {
    if (bail && found.length) break;
    const why = await wrong(device, name, one).catch((error: unknown) => String(error));
    if (why) found.push(`${name} ${i} ${JSON.stringify(one.args ?? one.options)} ${one.shapes.join(' ')}: ${why}`);
  }
  return found;
}

interface Asked {
  /** Rows to begin with. */
  readonly first?: readonly string[];
  /** Go no further than the first row that is wrong. */
  readonly bail?: boolean;
  /** The longest side of a tile, where pictures are to be cut into tiles. */
  readonly tile?: number;
  /** Those rows alone. */
  readonly only?: boolean;
  /** Of so many rows one, from this one on. */
  readonly every?: number;
  readonly from?: number;
}

/** On the GPU: what is not as it was recorded, and how many cases of each row were tried. */
export async function evidence(asked: Asked = {}): Promise<{ wrong: string[]; tried: Record<string, number> }> {
  const { first = [], only, bail, tile, every = 1, from = 0 } = asked;
  const device = tile ? await (await import('./tiled.js')).tiled(tile) : await open('webgl2');
  const whole: Record<string, Evidence> = await (await fetch('/ops.json')).json();
  const all = Object.fromEntries(
    Object.entries(whole).filter(([name], i) => i % every === from && (!only || first.includes(name))),
  );
  const wrong: string[] = [];
  const tried = Object.fromEntries(Object.keys(all).map((name) => [name, 0]));
  const late = (name: string): number => Number(!first.includes(name));
  for (const [name, { cases }] of Object.entries(all).sort(([a], [b]) => late(a) - late(b))) {
    if (bail && wrong.length) break;
    wrong.push(...(await failing(device, name, cases, bail)));
    tried[name] = cases.length;
  }
  if (device.name !== 'webgl2') wrong.push(`all of it on ${device.name}`);
  device.close();
  return { wrong, tried };
}
