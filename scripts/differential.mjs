// Runs the calls of scripts/differential.py: reads a line of JSON for each from standard input, writes an answer for
// each.
import { createInterface } from 'node:readline';
import { open } from '../dist/chromask.js';
import { decode } from '../dist/png.js';

const device = await open({ device: 'wasm' });
const arrays = { uint8: Uint8Array, float32: Float32Array };

function batchOf({ shape, dtype, data }) {
  const bytes = Uint8Array.from(Buffer.from(data, 'base64'));
  const numbers = new arrays[dtype](bytes.buffer);
  return shape.length === 2 ? device.mask(numbers, shape) : device.image(numbers, shape);
}

/** Numbers as bytes, the result of any other promise as JSON. */
async function answer({ inputs = [], method, options, read, file }) {
  if (file) {
    const { data, width, height, channels } = await decode(Buffer.from(file, 'base64'), options);
    return { numbers: data, shape: [height, width, channels] };
  }
  const batches = inputs.map(batchOf);
  const [first, ...others] = batches;
  try {
    const made = await first[method](...others, ...(options === undefined ? [] : [options]));
    if (made instanceof Uint8Array) return { numbers: made, shape: [made.length] };
    if (typeof made?.bytes !== 'function') return { value: made };
    const numbers = await made[read]();
    return { numbers, shape: made.shape };
  } finally {
    for (const batch of batches) batch.dispose();
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { numbers, ...rest } = await answer(JSON.parse(line)).catch((error) => ({ error: String(error) }));
  const data = numbers && Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64');
  console.log(JSON.stringify({ ...rest, data }));
}
device.close();
