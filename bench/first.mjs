// From import to the first finished mask of 1024 x 1024, and the same again when warm.
import { readFileSync } from 'node:fs';

const data = readFileSync(process.argv[2]);
const pixels = new Uint8Array(data.buffer, data.byteOffset, data.length);
const begun = performance.now();
const { open } = await import('../dist/chromask.js');
const device = await open({ device: 'wasm' });
const opened = performance.now();
await device.image(pixels, [1024, 1024, 4]).channel(process.argv[3]).bytes();
const first = performance.now() - begun;
const times = [];
for (let i = 0; i < 15; i++) {
  const start = performance.now();
  await device.image(pixels, [1024, 1024, 4]).channel(process.argv[3]).bytes();
  times.push(performance.now() - start);
}
times.sort((p, q) => p - q);
console.log(JSON.stringify({ first, open: opened - begun, warm: times[7] }));
