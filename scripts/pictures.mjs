// Draws docs/first.png for the README: the sample picture, one of its channels, the same with levels, and a cut-out.
// Needs dist/.
import { readFileSync, writeFileSync } from 'node:fs';
import { open } from '../dist/chromask.js';
import { encode } from '../dist/png.js';
import { fromSource } from './source.mjs';

const { sheet } = await fromSource("export { sheet } from './src/cli/sheet.ts';");
const device = await open({ device: 'wasm' });
const { image, rgba } = await device.load(readFileSync('sample.png'));
const opaque = device.solid({ width: rgba.shape[2], height: rgba.shape[1] }).as('uint8');
const gray = (mask) => mask.toGray().withAlpha(opaque, { replace: true });
const channel = image.channel('S(HSV)').normalize();
const levels = channel.levels({ black: 120, white: 200 });
const all = {
  picture: rgba,
  "channel('S(HSV)')": gray(channel),
  levels: gray(levels),
  'withAlpha(mask)': image.withAlpha(levels),
};
const tiles = [];
for (const [label, batch] of Object.entries(all)) {
  const [, height, width] = batch.shape;
  tiles.push({ label, width, height, rgba: await batch.bytes() });
}
const { width, height, rgb } = sheet(tiles);
writeFileSync(
  'docs/first.png',
  await encode({ width, height, channels: 3, bitDepth: 8, data: rgb }, { level: 'small' }),
);
device.close();
