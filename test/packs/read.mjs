// Reads recorded calls of the packs' own Python, packed by scripts/calls.mjs or as a folder of .npy files.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

const here = (name) => new URL(name, import.meta.url);

/** Every call of a folder with cases.json, its arrays read. */
export function readCalls(folder) {
  const { cases } = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8'));
  const array = (file) => readNpy(readFileSync(join(folder, file)));
  return following(
    cases.map((call) => ({
      ...call,
      inputs: Object.fromEntries(Object.entries(call.inputs).map(([name, file]) => [name, each(file, array)])),
      outputs: call.outputs.map((output) => ({
        ...output,
        ...(output.array ? { array: array(output.array) } : {}),
        ...(output.arrays ? { arrays: output.arrays.map(array) } : {}),
      })),
    })),
  );
}

/** What is made of one, or of each of a list. */
export const each = (value, make) => (Array.isArray(value) ? value.map((one) => make(one)) : make(value));

/** A call that takes what another one gave has that one, the one before it. */
function following(calls) {
  return calls.map((call, i) => (call.follows ? { ...call, before: calls[i - 1] } : call));
}

/** Every call that is packed beside this file. */
export function packedCalls() {
  const manifests = readdirSync(here('.')).filter((name) => name.endsWith('.json') && name !== 'own.json');
  return manifests.flatMap((name) => {
    const pack = name.slice(0, -'.json'.length);
    const manifest = JSON.parse(readFileSync(here(name), 'utf8'));
    const whole = brotliDecompressSync(readFileSync(here(`${pack}.br`)));
    const arrays = manifest.arrays.map(({ kind, shape, at, bytes }) => {
      const raw = new Uint8Array(whole.subarray(at, at + bytes));
      return { shape, data: kind === 'unit' ? Float32Array.from(raw, (byte) => byte / 255) : joinedBytes(raw) };
    });
    const calls = manifest.calls.map(({ inputs, outputs, ...call }) => ({
      pack,
      ...call,
      inputs: Object.fromEntries(Object.entries(inputs).map(([input, at]) => [input, each(at, (one) => arrays[one])])),
      outputs: outputs.map((output) => ({
        ...output,
        ...(output.array === undefined ? {} : { array: arrays[output.array] }),
        ...(output.arrays ? { arrays: output.arrays.map((index) => arrays[index]) } : {}),
      })),
    }));
    return following(calls);
  });
}

/** The first bytes of all floats, then the second, …: compression finds more in it. */
export function splitBytes(raw) {
  const count = raw.length / 4;
  return Uint8Array.from(raw, (_, i) => raw[(i % count) * 4 + Math.floor(i / count)]);
}

function joinedBytes(split) {
  const count = split.length / 4;
  const raw = new Uint8Array(split.length);
  for (let i = 0; i < split.length; i++) raw[(i % count) * 4 + Math.floor(i / count)] = split[i];
  return new Float32Array(raw.buffer);
}

function readNpy(whole) {
  const length = whole.readUInt16LE(8);
  const header = whole.subarray(10, 10 + length).toString('latin1');
  const [, kind] = /'descr': '([^']+)'/.exec(header);
  const shape = /'shape': \(([^)]*)\)/
    .exec(header)[1]
    .split(',')
    .map((s) => s.trim())
    .filter(Boolean)
    .map(Number);
  const Type = { '<f4': Float32Array, '<f8': Float64Array, '<i8': BigInt64Array, '<i4': Int32Array, '|u1': Uint8Array }[
    kind
  ];
  if (!Type || header.includes("'fortran_order': True")) throw new Error(header);
  const data = new Type(new Uint8Array(whole.subarray(10 + length)).buffer);
  return { shape, data: Type === Float32Array ? data : Float32Array.from(data, Number) };
}
