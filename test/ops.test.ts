// Operations against other programs, on WASM and on the kernels as plain JavaScript. test/gpu.test.ts does the same on GPUs.
import { open } from 'chromask';
import { describe, expect, it, vi } from 'vitest';
import { wrong } from './gpu/page/evidence.js';
import { evidence } from './ops.js';

const fast = await open({ device: 'wasm' });
vi.stubGlobal('WebAssembly', undefined);
const slow = await open();
vi.unstubAllGlobals();

describe.each(Object.entries(evidence()))('%s', (name, { source, cases }) => {
  it.each([
    ['WASM', fast],
    ['plain JavaScript', slow],
  ])(`gives what ${source} gave, on %s`, async (_, device) => {
    const found: string[] = [];
    for (const [i, one] of cases.entries()) {
      const why = await wrong(device, name, one);
      if (why) found.push(`${i} ${JSON.stringify(one.options)} ${one.shapes.join(' ')}: ${why}`);
    }
    expect(found).toEqual([]);
  });
});
