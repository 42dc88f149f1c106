// Packs recorded calls of the real nodes (a folder with cases.json and .npy files) into test/golden: every array
// once, compressed as a whole. `node scripts/golden.mjs FOLDER`
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('usage: node scripts/golden.mjs FOLDER');

const { cases } = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8'));
const arrays = [];
const chunks = [];
const known = new Map();
let end = 0;

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

function add(file) {
  const whole = readFileSync(join(folder, file));
  const key = createHash('sha256').update(whole).digest('hex');
  if (known.has(key)) return known.get(key);
  const entry = file.endsWith('.npy') ? array(whole) : { kind: 'file', name: file, data: whole };
  const { data, ...facts } = entry;
  arrays.push({ ...facts, at: end, bytes: data.length });
  chunks.push(data);
  end += data.length;
  known.set(key, arrays.length - 1);
  return arrays.length - 1;
}

function array(whole) {
  const length = whole.readUInt16LE(8);
  const header = whole.subarray(10, 10 + length).toString('latin1');
  const shape = header
    .match(/'shape': \(([^)]*)\)/)[1]
    .split(',')
    .map((s) => s.trim())
    .filter(Boolean)
    .map(Number);
  const raw = whole.subarray(10 + length);
  if (header.includes("'|u1'")) return { kind: 'bytes', shape, data: raw };
  if (!header.includes("'<f4'") || header.includes("'fortran_order': True")) throw new Error(header);
  const bytes = asBytes(new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length)));
  return bytes ? { kind: 'unit', shape, data: bytes } : { kind: 'floats', shape, data: raw };
}

const files = (group) => Object.fromEntries(Object.entries(group).map(([name, file]) => [name, add(file)]));
const packed = cases.map(({ id, node, params, inputs, outputs, note, colors }) => ({
  id,
  node,
  params,
  inputs: files(inputs),
  outputs: files(outputs),
  note,
  colors,
}));
const lines = (rows) => `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]`;
writeFileSync('test/golden/cases.json', `{"arrays": ${lines(arrays)},\n"cases": ${lines(packed)}}\n`);
const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
writeFileSync('test/golden/arrays.br', brotliCompressSync(Buffer.concat(chunks), { params }));
