// Concurrent calls on a device: none waits without end, and none fails because of another's mistake.
import { open } from 'chromask';
import { describe, expect, it } from 'vitest';

const device = await open({ device: 'wasm' });
const ramp = (n: number): Uint8Array => Uint8Array.from({ length: n }, (_, i) => (i * 37) & 255);

describe('counts', () => {
  it('a histogram asked for together with what needs it does not stop both', async () => {
    const mask = device.mask(ramp(64), [8, 8]);
    const [bytes, counts] = await Promise.all([mask.normalize().bytes(), mask.histogram()]);
    expect(bytes).toHaveLength(64);
    expect(counts[0].reduce((a, b) => a + b)).toBe(64);
  });

  it('an abort of one reader is not an abort of the other', async () => {
    const mask = device.mask(ramp(64), [8, 8]).invert();
    const abort = new AbortController();
    const [first, second] = [mask.histogram({ signal: abort.signal }), mask.histogram()];
    abort.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    expect((await second)[0]).toHaveLength(256);
  });

  it('writing into a histogram changes no mask', async () => {
    const mask = device.mask(ramp(64), [8, 8]);
    const before = await mask.normalize().bytes();
    (await mask.histogram())[0].fill(0);
    expect(await mask.normalize().bytes()).toEqual(before);
  });
});
