// Compressed data that ends early, at every byte, in every form of deflate.
import { constants, deflateRawSync, inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decode } from '../../src/png/index.js';
import { guarded, roomOf } from './guard.js';
import { chunk, file, iend, ihdr } from './writer.js';

const [width, height] = [23, 11];
const rows = Uint8Array.from({ length: (width + 1) * height }, (_, i) => (i % (width + 1) ? (i * i) % 51 : 0));

function adler(bytes: Uint8Array): number[] {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return [b >> 8, b & 255, a >> 8, a & 255];
}

const { Z_FIXED, Z_DEFAULT_STRATEGY, Z_SYNC_FLUSH } = constants;
const raw = (options: object): Buffer => deflateRawSync(rows, options);
const streams: Record<string, Buffer> = {
  stored: raw({ level: 0 }),
  fixed: raw({ strategy: Z_FIXED }),
  dynamic: raw({ strategy: Z_DEFAULT_STRATEGY, level: 9 }),
  // what a flush leaves: an open block, an empty stored one, and then the last, stored and empty
  flushed: Buffer.concat([raw({ finishFlush: Z_SYNC_FLUSH }), Buffer.from([1, 0, 0, 255, 255])]),
};

test.each(['simd', 'scalar'] as const)('is refused, cut at any place, by the %s build', async (build) => {
  const room = guarded(await roomOf(build));
  for (const [name, body] of Object.entries(streams)) {
    const whole = Buffer.concat([Buffer.from([0x78, 0x9c]), body, Buffer.from(adler(rows))]);
    expect(inflateSync(whole).equals(rows), name).toBe(true);
    for (let n = 0; n <= whole.length; n++) {
      const png = file(ihdr(width, height, 8, 0), chunk('IDAT', whole.subarray(0, n)), iend);
      const end = await decode(png, { room }).then(
        ({ data }) => data.every((v, i) => v === rows[i + 1 + Math.floor(i / width)]),
        (error) => error.code,
      );
      expect(end, `${name} cut at ${n}`).toBe(n < whole.length ? 'png-corrupt' : true);
    }
  }
});
