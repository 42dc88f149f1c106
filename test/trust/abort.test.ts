// Signals: heard in the middle of the work, and what had been taken for it is given back.
import { open } from 'chromask';
import { describe, expect, it } from 'vitest';
import { noise } from '../noise.js';

const device = await open({ device: 'wasm' });
const image = device.image(noise(2000 * 2000 * 3, 5), [2000, 2000, 3]);
const work = () =>
  image
    .channel('L(LAB)')
    .normalize()
    .levels({ gray: 1.3 })
    .as('float32')
    .clamp()
    .multiply(image.channel('H(HSV)').as('float32'));

describe('an abort', () => {
  it('stops work that has begun, soon, and leaves nothing behind', async () => {
    const expected = await work().bytes();
    for (const ms of [0, 1, 5, 12, 25]) {
      const held = device.stats();
      const abort = new AbortController();
      setTimeout(() => abort.abort(), ms);
      const end = await work()
        .bytes({ signal: abort.signal })
        .catch((error: Error) => error);
      if (end instanceof Error) expect(end.name).toBe('AbortError');
      else expect(Buffer.compare(end, expected)).toBe(0);
      // a result that came in time may stay for the next question
      if (end instanceof Error)
        expect([device.stats().slots, device.stats().heldBytes]).toEqual([held.slots, held.heldBytes]);
    }
    expect(Buffer.compare(await work().bytes(), expected)).toBe(0);
  });

  it('of one that waits for its turn is heard at once', async () => {
    const busy = new AbortController();
    const first = work().bytes({ signal: busy.signal });
    const abort = new AbortController();
    const second = work().bytes({ signal: abort.signal });
    abort.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    expect(await first).toHaveLength(4_000_000);
  });
});
