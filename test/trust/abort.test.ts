// Signals take effect in the middle of work, and its memory is freed.
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

  const soft = image.channel('luma').as('float32');
  const noisy = device.image(noise(1500 * 1500 * 3, 8), [1500, 1500, 3]);
  const floats = device.image(Float32Array.from(noise(900 * 900 * 3, 9)), [900, 900, 3]);
  it.each<[string, (options: { signal?: AbortSignal }) => Promise<unknown>]>([
    ['grow', (options) => soft.grow({ expand: 400 }).bytes(options)],
    ['grow, square', (options) => soft.grow({ expand: -300, shape: 'square' }).bytes(options)],
    ['resize', (options) => soft.resize({ width: 5000, height: 2500 }).bytes(options)],
    ['fadeEdges', (options) => soft.fadeEdges({ left: 1000, top: 1000, right: 1000, bottom: 1000 }).bytes(options)],
    ['normalize', (options) => image.channel('L(LAB)').normalize().bytes(options)],
    ['colorMap', (options) => noisy.colorMap({ minPixels: 1, ...options })],
    ['colorMap of floats', (options) => floats.colorMap({ minPixels: 1, ...options })],
  ])('ends a single %s in the middle, and leaves nothing behind', async (_, work) => {
    await soft.data(); // so that nothing is left to do before
    const { slots, heldBytes } = device.stats();
    const abort = new AbortController();
    setTimeout(() => abort.abort());
    await expect(work({ signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect([device.stats().slots, device.stats().heldBytes]).toEqual([slots, heldBytes]);
  });

  it('ends one that waits for its turn at once', async () => {
    const busy = new AbortController();
    const first = work().bytes({ signal: busy.signal });
    const abort = new AbortController();
    const second = work().bytes({ signal: abort.signal });
    abort.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    expect(await first).toHaveLength(4_000_000);
  });
});
