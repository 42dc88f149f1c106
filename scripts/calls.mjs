// Packs recorded calls of packs' nodes (a folder with cases.json and .npy files) into test/packs: a manifest for
// each pack, and its arrays, each once, compressed. `node scripts/calls.mjs FOLDER`; test/packs/read.mjs reads them.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
import { each, readCalls, splitBytes } from '../test/packs/read.mjs';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: node scripts/calls.mjs FOLDER');
mkdirSync('test/packs', { recursive: true });

/** Floats that are all bytes / 255 are stored as those bytes. */
function asBytes(floats) {
  const bytes = new Uint8Array(floats.length);
  for (let i = 0; i < floats.length; i++) {
    const byte = Math.round(floats[i] * 255);
    if (!(byte >= 0 && byte <= 255) || !Object.is(Math.fround(byte / 255), floats[i])) return undefined;
    bytes[i] = byte;
  }
  return bytes;
}

const byPack = new Map();
// without a module that the recording lacked, the output has no width and says nothing about the node
const isWhole = ({ outputs }) => outputs.every(({ array }) => array?.shape.at(-1) !== 0);
for (const call of readCalls(folder).filter(isWhole)) byPack.set(call.pack, [...(byPack.get(call.pack) ?? []), call]);

for (const [pack, calls] of byPack) {
  const arrays = [];
  const chunks = [];
  const known = new Map();
  let end = 0;
  const add = ({ shape, data }) => {
    const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const key = `${shape} ${createHash('sha256').update(raw).digest('hex')}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const unit = asBytes(data);
    const stored = unit ?? splitBytes(raw);
    arrays.push({ kind: unit ? 'unit' : 'floats', shape, at: end, bytes: stored.length });
    chunks.push(stored);
    end += stored.length;
    known.set(key, arrays.length - 1);
    return arrays.length - 1;
  };
  const packed = calls.map(({ pack: _, before: __, inputs, outputs, ...call }) => ({
    ...call,
    inputs: Object.fromEntries(Object.entries(inputs).map(([name, array]) => [name, each(array, add)])),
    outputs: outputs.map(({ array, arrays: list, ...output }) => ({
      ...output,
      ...(array ? { array: add(array) } : {}),
      ...(list ? { arrays: list.map(add) } : {}),
    })),
  }));
  const lines = (rows) => `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]`;
  writeFileSync(`test/packs/${pack}.json`, `{"arrays": ${lines(arrays)},\n"calls": ${lines(packed)}}\n`);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  const packedArrays = brotliCompressSync(Buffer.concat(chunks), { params });
  writeFileSync(`test/packs/${pack}.br`, packedArrays);
  console.log(`${pack}: ${calls.length} calls, ${arrays.length} arrays, ${packedArrays.length} bytes`);
}
