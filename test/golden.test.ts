import { open } from 'chromask';
import { runNode } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';
import { className, readCases } from './golden/read.js';

const cases = readCases();
const device = await open({ device: 'wasm' });

const bits = (floats: Float32Array): Uint32Array => new Uint32Array(floats.buffer, floats.byteOffset, floats.length);

describe('every recorded call of the real nodes is repeated bit for bit', () => {
  for (const one of cases.filter(({ node }) => /ImageToMask|ColorMap/.test(node))) {
    it(`${one.id} ${one.note ?? ''} ${JSON.stringify(one.params)}`, async () => {
      const [output] = await runNode(device, className(one.node), { ...one.params, ...one.inputs });
      const expected = one.outputs.masks ?? one.outputs.mask;
      const data = await (output as { data(): Promise<Float32Array> }).data();
      expect(bits(data)).toEqual(bits(expected.data as Float32Array));
    });
  }
});
