// Reads the recorded calls of the real nodes, packed by scripts/golden.mjs.
import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';

export interface Recorded {
  shape: number[];
  data: Float32Array | Uint8Array;
  /** A file rather than an array. */
  name?: string;
}

export interface Case {
  id: string;
  node: string;
  params: Record<string, unknown>;
  inputs: Record<string, Recorded>;
  outputs: Record<string, Recorded>;
  note?: string;
}

interface Packed {
  arrays: { kind: 'unit' | 'floats' | 'bytes' | 'file'; shape: number[]; name?: string; at: number; bytes: number }[];
  cases: (Omit<Case, 'inputs' | 'outputs'> & Record<'inputs' | 'outputs', Record<string, number>>)[];
}

export function readCases(): Case[] {
  const here = (name: string): URL => new URL(name, import.meta.url);
  const packed: Packed = JSON.parse(readFileSync(here('cases.json'), 'utf8'));
  const whole = brotliDecompressSync(readFileSync(here('arrays.br')));
  const arrays = packed.arrays.map(({ kind, shape, name, at, bytes }): Recorded => {
    const raw = new Uint8Array(whole.subarray(at, at + bytes));
    if (kind === 'unit') return { shape, data: Float32Array.from(raw, (byte) => byte / 255) };
    return { shape, name, data: kind === 'floats' ? new Float32Array(raw.buffer) : raw };
  });
  const unpack = (group: Record<string, number>): Record<string, Recorded> =>
    Object.fromEntries(Object.entries(group).map(([name, index]) => [name, arrays[index]]));
  return packed.cases.map((one) => ({ ...one, inputs: unpack(one.inputs), outputs: unpack(one.outputs) }));
}

/** The classes in workflows behind the names of the record. */
export function className(node: string): string {
  const other: Record<string, string> = {
    'was.ImageToMask': 'Image to Latent Mask',
    'layer.ImageToMask': 'LayerMask: ImageToMask',
    'inspire.ColorMapToMasks': 'ColorMapToMasks __Inspire',
  };
  return other[node] ?? node.replace(/^core\./, '');
}
