// Draws docs/models.png: logits thresholded before resizing, after it, and then cleaned. `node scripts/models.mjs`,
// after a build.
import { readFileSync, writeFileSync } from 'node:fs';
import { open } from '../dist/chromask.js';
import { encode } from '../dist/png.js';
import { logitsOf } from './logits.mjs';

const device = await open({ device: 'wasm' });
const { image } = await device.load(readFileSync('sample.png'));
const size = { width: 3000, height: 2000 };
const photo = image.resize(size);
const logits = device.mask(logitsOf(), [1, 1, 256, 256]);
const after = logits.interpolate(size).threshold({ value: 0 });
const panels = [
  logits
    .threshold({ value: 0 })
    .as('uint8')
    .resize({ ...size, filter: 'nearest' }),
  after.as('uint8'),
  after.fillHoles().removeSmall({ area: 5000 }).refine(photo).as('uint8'),
];
const [width, height] = [240, 200];
const data = new Uint8Array(3 * width * height).fill(128);
for (const [i, panel] of panels.entries()) {
  const bytes = await panel
    .crop({ x: 1560, y: 620, width: 480, height: 400 })
    .resize({ width, height, filter: 'box' })
    .bytes();
  // a gap of four pixels between two pictures
  const shown = width - (i < 2 ? 4 : 0);
  for (let y = 0; y < height; y++) data.set(bytes.subarray(y * width, y * width + shown), (y * 3 + i) * width);
}
writeFileSync(
  'docs/models.png',
  await encode({ width: 3 * width, height, channels: 1, bitDepth: 8, data }, { level: 'small' }),
);
device.close();
