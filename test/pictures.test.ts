// Whole chains on pictures of awkward sizes against Pillow's and numpy's results (scripts/record.py).
import { createHash } from 'node:crypto';
import { type Channel, channelNames, open } from 'chromask';
import { describe, expect, it } from 'vitest';
import { noise } from './noise.js';
import recorded from './vectors/pictures.json' with { type: 'json' };

const device = await open({ device: 'wasm' });
const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, 16);

for (const { width, height, channels, masks } of recorded.pictures) {
  describe(`a picture of ${width} x ${height} with ${channels} channels`, () => {
    const bytes = noise(width * height * channels, recorded.seed + width);
    const image = device.image(bytes, [1, height, width, channels]);
    for (const [name, [plain, toned]] of Object.entries(masks)) {
      it(`gives Pillow's ${name}, plain and through normalize, levels and invert`, async () => {
        const mask = image.channel(name as Channel);
        expect(hash(await mask.bytes())).toBe(plain);
        const chain = mask.normalize().levels({ black: 20, white: 230, gray: 1.3 }).invert();
        expect(hash(await chain.bytes())).toBe(toned);
      });
    }
  });
}

it('every channel of a flat picture normalises to black, as 0 / 0 does in the original', async () => {
  const flat = device.image(new Uint8Array(9 * 7 * 3).fill(77), [1, 7, 9, 3]);
  for (const name of channelNames) {
    expect(new Set(await flat.channel(name).normalize().bytes())).toEqual(new Set([0]));
  }
});

it('a batch of 64 pictures gives what each gives alone', async () => {
  const [height, width] = [31, 17];
  const each = height * width * 3;
  const bytes = noise(64 * each, 7);
  const chain = (image: ReturnType<typeof device.image>) => image.channel('L(LAB)').normalize().invert().bytes();
  const together = await chain(device.image(bytes, [64, height, width, 3]));
  for (let b = 0; b < 64; b++) {
    const alone = await chain(device.image(bytes.subarray(b * each, (b + 1) * each), [1, height, width, 3]));
    expect(together.subarray((b * each) / 3, ((b + 1) * each) / 3)).toEqual(alone);
  }
});

it('a picture larger than the memory limit of WASM is worked in bands beside it', async () => {
  const small = await open({ device: 'wasm', limits: { memory: 2 ** 24, cache: 0 } });
  const bytes = noise(2000 * 2000 * 3, 11);
  const whole = await device.image(bytes, [1, 2000, 2000, 3]).channel('H(HSV)').bytes();
  const image = small.image(bytes, [1, 2000, 2000, 3]);
  expect(await image.channel('H(HSV)').bytes({ into: new Uint8Array(4e6) })).toEqual(whole);
  small.close();
});
