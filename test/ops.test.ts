// Every row of the table against other programs, on WASM and on the kernels as plain JavaScript. test/gpu.test.ts
// does the same on GPUs.
import { open } from 'chromask';
import { describe, expect, it, vi } from 'vitest';
import { ops } from '../src/ops/index.js';
import { failing } from './gpu/page/evidence.js';
import { evidence } from './ops.js';

const fast = await open({ device: 'wasm' });
vi.stubGlobal('WebAssembly', undefined);
const slow = await open();
vi.unstubAllGlobals();
const all = evidence();

describe.each(Object.keys(ops))('%s', (name) => {
  const { source, cases } = all[name];

  it('has numbers of another program', () => {
    expect(source).toMatch(/^(Pillow|numpy|scipy|OpenCV|torch|scikit-image)\b.*\d/);
    expect(cases.length).toBeGreaterThanOrEqual(5);
  });

  it.each([
    ['WASM', fast],
    ['plain JavaScript', slow],
  ])('gives them on %s', async (_, device) => {
    expect(await failing(device, name, cases)).toEqual([]);
  });
});
