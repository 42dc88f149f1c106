import { type ImageBatch, type MaskBatch, open } from 'chromask';
import { runNode } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';
import { type Case, className, type Recorded, readCases } from './golden/read.js';

const cases = readCases();
const device = await open({ device: 'wasm' });

const bits = (floats: Float32Array): Uint32Array => new Uint32Array(floats.buffer, floats.byteOffset, floats.length);

/** `file` is what LoadImage calls `image`; it takes a picture that is decoded already too. */
function inputsOf({ inputs, outputs, params }: Case, decoded = false): Record<string, unknown> {
  const { file, ...arrays } = inputs;
  if (!file) return { ...params, ...arrays };
  if (!decoded) return { image: file.data };
  // a file without alpha has the 64 x 64 mask; its record as RGBA is opaque
  const { data, shape } = outputs.mask.shape.at(-1) === 64 ? outputs.image : outputs.rgba;
  return { image: { data, shape } };
}

/** In the order of the node's outputs; `colors` and `rgba` are the record's own. */
function expectedOf({ outputs }: Case): Recorded[] {
  return Object.entries(outputs)
    .filter(([name]) => name !== 'colors' && name !== 'rgba')
    .map(([, one]) => one);
}

async function repeat(one: Case, inputs: Record<string, unknown>): Promise<void> {
  const given = (await runNode(device, className(one.node), inputs)) as (ImageBatch | MaskBatch)[];
  const expected = expectedOf(one);
  expect(given.length).toBe(expected.length);
  for (const [i, { data, shape }] of expected.entries()) {
    const floats = await given[i].data();
    // a 2-D mask of the original is a batch of one here
    expect([...given[i].shape].slice(-shape.length)).toEqual(shape);
    if (!one.note?.includes('of other size')) expect(bits(floats)).toEqual(bits(data as Float32Array));
    else
      expect(floats.reduce((most, value, at) => Math.max(most, Math.abs(value - data[at])), 0)).toBeLessThanOrEqual(
        1e-6,
      );
  }
}

describe('every recorded call of the real nodes is repeated bit for bit', () => {
  for (const one of cases) {
    const title = `${one.id} ${one.note ?? ''} ${JSON.stringify(one.params)}`;
    if (one.node !== 'LoadImage') {
      it(title, () => repeat(one, inputsOf(one)));
      continue;
    }
    it(`${title}, of its decoded bytes`, () => repeat(one, inputsOf(one, true)));
    it(`${title}, of the file`, () => repeat(one, inputsOf(one)));
  }

  it('there are 654 of them', () => {
    expect(cases.length).toBe(654);
  });
});
