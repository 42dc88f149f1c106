// The evidence of test/ops: what other programs gave for small pictures, and how one call is compared with it.
import type { Device, ImageBatch, MaskBatch } from '../../../src/index.js';
import { open } from './whole.js';

export interface Case {
  readonly on: 'mask' | 'image';
  readonly options: Readonly<Record<string, unknown>>;
  readonly shapes: readonly (readonly number[])[];
  readonly inputs: readonly string[];
  readonly shape: readonly number[];
  readonly expected: string;
  /** Of float32, both ways. */
  readonly floats?: boolean;
  /** Of float32, of bytes. */
  readonly gives?: 'float32';
  /** How far an answer may be from it, where it need not be the same. */
  readonly near?: number;
}

export interface Evidence {
  readonly source: string;
  readonly cases: readonly Case[];
}

type Numbers = Uint8Array | Float32Array;

function numbers(base64: string, floats: boolean | undefined): Numbers {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return floats ? new Float32Array(bytes.buffer) : bytes;
}

/** Why the answer to a case is not the recorded one; nothing if it is. */
export async function wrong(device: Device, name: string, one: Case): Promise<string | undefined> {
  const [first, ...others] = one.inputs.map((base64, i) => {
    const { length } = one.shapes[i];
    const data = numbers(base64, one.floats && length === 2);
    return length === 2 ? device.mask(data, one.shapes[i] as [number, number]) : device.image(data, [...one.shapes[i]]);
  });
  const method: unknown = Reflect.get(first, name);
  if (typeof method !== 'function') return 'there is no such method';
  const made: MaskBatch | ImageBatch = method.call(first, ...others, one.options);
  const floats = one.floats || one.gives === 'float32';
  const expected = numbers(one.expected, floats);
  const got = floats ? await made.data() : await made.bytes();
  const shape = made.shape.slice(1).join();
  if (shape !== one.shape.join()) return `${shape} rather than ${one.shape}`;
  let most = 0;
  expected.forEach((value, i) => {
    if (!Object.is(value, got[i])) most = Math.max(most, Math.abs(value - got[i]) || Infinity);
  });
  return most > (one.near ?? 0) ? `up to ${most} away` : undefined;
}

/** On the GPU, what is not as it was recorded. */
export async function evidence(): Promise<string[]> {
  const device = await open('webgl2');
  const found: string[] = [];
  const all: Record<string, Evidence> = await (await fetch('/ops.json')).json();
  for (const [name, { cases }] of Object.entries(all)) {
    for (const [i, one] of cases.entries()) {
      const why = await wrong(device, name, one);
      if (why) found.push(`${name} ${i} ${JSON.stringify(one.options)} ${one.shapes.join(' ')}: ${why}`);
    }
  }
  if (Object.keys(all).length < 5) found.push('no evidence');
  device.close();
  return found;
}
