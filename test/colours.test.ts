// Ten channels over all 16,777,216 colours against hashes of Pillow's and LittleCMS's results.
import { createHash } from 'node:crypto';
import { type Channel, open } from 'chromask';
import { expect, it } from 'vitest';
import { labNodes } from '../src/ops/figures/lab.js';
import recorded from './vectors/colour-hashes.json' with { type: 'json' };

const device = await open({ device: 'wasm' });
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function everyColour(channels: 3 | 4): Uint8Array {
  const bytes = new Uint8Array(2 ** 24 * channels);
  for (let color = 0, at = 0; color < 2 ** 24; color++) {
    bytes[at++] = color >> 16;
    bytes[at++] = color >> 8;
    bytes[at++] = color;
    if (channels === 4) bytes[at++] = color * 7; // alpha must not matter
  }
  return bytes;
}

for (const channels of [3, 4] as const) {
  const image = device.image(everyColour(channels), [1, 4096, 4096, channels]);
  for (const [name, hash] of Object.entries(recorded.channels)) {
    it(`${name} of every ${channels === 3 ? 'RGB' : 'RGBA'} colour is what Pillow gives`, async () => {
      expect(sha256(await image.channel(name as Channel).bytes())).toBe(hash);
    });
  }
}

it('the Lab nodes are those that LittleCMS computes', () => {
  const [l, a, b] = (['labL', 'labA', 'labB'] as const).map(labNodes);
  const all = Uint16Array.from({ length: 3 * l.length }, (_, i) => [l, a, b][i % 3][Math.trunc(i / 3)]);
  expect(sha256(new Uint8Array(all.buffer))).toBe(recorded.labTable);
});
