// The expected results for the page of a device: the recorded calls and hashes of test/, packed so that every
// browser can unpack them.
import { readFileSync } from 'node:fs';
import { brotliDecompressSync, gzipSync } from 'node:zlib';
import { cases } from '../playground/device/evidence.js';

const read = (path) => readFileSync(new URL(`../test/${path}`, import.meta.url));
const calls = () => brotliDecompressSync(read('golden/arrays.br'));

/** The files by name, each made when it is requested. */
export const evidence = {
  'calls.json.gz': () => gzipSync(read('golden/cases.json')),
  'calls.bin.gz': () => gzipSync(calls()),
  'colours.json.gz': () => gzipSync(read('vectors/colour-hashes.json')),
};

/** The same, read here as a page reads it. */
export const unpacked = () => ({
  calls: cases(JSON.parse(read('golden/cases.json').toString()), new Uint8Array(calls())),
  colours: JSON.parse(read('vectors/colour-hashes.json').toString()),
});
