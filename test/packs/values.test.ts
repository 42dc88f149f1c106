// Values, switches and counts that no recorded call can hold: cases worked out from their sources.
import { describe, expect, it } from 'vitest';
import { runNode } from '../../src/comfy/index.js';
import { open } from '../../src/index.js';

const device = await open({ device: 'wasm' });
const one = device.image(new Uint8Array(2 * 3 * 4 * 3), [2, 3, 4, 3]);
const two = device.image(new Uint8Array(5 * 6 * 3), [1, 5, 6, 3]);
const mask = device.mask(Uint8Array.of(0, 51, 0, 255), [2, 1, 2]);
const latent = { samples: { data: new Float32Array(4 * 2 * 3), shape: [1, 4, 2, 3] } };
const segs = { size: [8, 8], segs: [] };

const cases: readonly [name: string, inputs: Record<string, unknown>, outputs: readonly unknown[]][] = [
  ['ImpactNotEmptySEGS', { segs }, [false]],
  ['ImpactConditionalBranchSelMode', { cond: true, tt_value: one }, [one]],
  ['ImpactConditionalBranchSelMode', { cond: false, tt_value: one }, [undefined]],
  ['ImpactIfNone', { signal: 4, any_input: one }, [4, true]],
  ['ImpactIfNone', {}, [undefined, false]],
  ['ImpactImageInfo', { value: one }, [2, 3, 4, 3]],
  ['ImpactLatentInfo', { value: latent }, [1, 16, 24, 4]],
  ['SimpleMathBoolean+', { value: true }, [true]],
  ['SimpleCondition+', { evaluate: [], on_true: 1, on_false: 2 }, [2]],
  ['SimpleCondition+', { evaluate: 0, on_true: 1 }, [undefined]],
  ['SimpleMath+', { value: 'a[2] / len(b)', a: one, b: mask }, [1, 4 / 3]],
  ['BatchCount+', { batch: one }, [2]],
  ['BatchCount+', { batch: latent }, [1]],
  ['BatchCount+', { batch: [1, 2, 3] }, [3]],
  ['Image Input Switch', { image_a: one, image_b: two, boolean: false }, [two]],
  ['Image Size to Number', { image: one }, [4, 3, 4, 3, 4, 3]],
  ['Text String', { text: 'a', text_c: 'c' }, ['a', '', 'c', '']],
  ['Any Switch (rgthree)', { any_02: one, any_01: undefined, any_13: two }, [one]],
  ['Any Switch (rgthree)', { any_13: two }, [two]],
  ['Any Switch (rgthree)', {}, [undefined]],
  ['Seed (rgthree)', { seed: 7 }, [7]],
  ['Image or Latent Size (rgthree)', { input: one }, [4, 3]],
  ['Image or Latent Size (rgthree)', { input: latent }, [24, 16]],
  ['CR Image Input Switch', { Input: 2, image1: one, image2: two }, [two]],
  ['CR Image Input Switch (4 way)', { Input: 3, image1: one, image3: two }, [two]],
  ['GetImageSizeAndCount', { image: one }, [one, 4, 3, 2]],
  ['StringConstant', { string: 'a' }, ['a']],
  ['StringConstantMultiline', { string: ' a\nb ' }, ['ab']],
  ['StringConstantMultiline', { string: 'a\nb', strip_newlines: false }, ['a\nb']],
  ['BOOLConstant', {}, [true]],
  ['JoinStrings', { string1: 'a', string2: 'b' }, ['a b']],
  ['easy imageSwitch', { image_a: one, image_b: two, boolean: true }, [one]],
  ['easy imageIndexSwitch', { index: 1, image0: one, image1: two }, [two]],
  ['easy isMaskEmpty', { mask }, [false]],
  ['easy isMaskEmpty', { mask: mask.subtract(mask) }, [true]],
];

describe('values', () => {
  for (const [name, inputs, outputs] of cases) {
    it(`${name} of ${Object.keys(inputs).join(', ') || 'nothing'}`, async () => {
      const made = await runNode(device, name, inputs);
      for (const [i, output] of outputs.entries()) {
        if (name.startsWith('CR ') && i > 0) break;
        expect(made[i]).toBe(output);
      }
    });
  }

  it('ImpactInversedSwitch sends what came by the output of the number alone', async () => {
    const made = await runNode(device, 'ImpactInversedSwitch', { select: 3, input: one });
    expect(made.map((output) => output === one)).toEqual(Array.from({ length: 16 }, (_, i) => i === 2));
  });

  it('SwitchByIndex joins two lists, and takes one element or the last', async () => {
    const lists = { A: [1, [2, 3]], B: [4] };
    expect(await runNode(device, 'SwitchByIndex', lists)).toEqual([[1, [2, 3], 4], 3]);
    expect(await runNode(device, 'SwitchByIndex', { ...lists, flat: 'on' })).toEqual([[1, 2, 3, 4], 4]);
    expect(await runNode(device, 'SwitchByIndex', { ...lists, index: 1 })).toEqual([[[2, 3]], 1]);
    expect(await runNode(device, 'SwitchByIndex', { ...lists, index: 9 })).toEqual([[4], 1]);
  });

  it('ETN_ApplyMaskToImage lays the mask on as alpha, the first for all where there are others than pictures', async () => {
    const [made] = await runNode(device, 'ETN_ApplyMaskToImage', {
      image: device.image(Uint8Array.of(255, 0, 51, 0, 255, 51), [2, 1, 1, 3]),
      mask: device.mask(Uint8Array.of(102), [1, 1, 1]),
    });
    const picture = made as typeof one;
    expect(picture.shape).toEqual([2, 1, 1, 4]);
    expect([...(await picture.bytes())]).toEqual([255, 0, 51, 102, 0, 255, 51, 102]);
  });

  it('Convert Masks to Images gives gray pictures', async () => {
    const [made] = await runNode(device, 'Convert Masks to Images', { masks: mask });
    const picture = made as typeof one;
    expect(picture.shape).toEqual([2, 1, 2, 3]);
    expect([...(await picture.bytes())]).toEqual([0, 0, 0, 51, 51, 51, 0, 0, 0, 255, 255, 255]);
  });

  it.each([
    ['easy anythingIndexSwitch', { index: 2, value0: 1 }, 'value2 must be linked'],
    ['CM_IntBinaryOperation', { op: 'Div', a: 1, b: 0 }, 'b must be a number that is not 0'],
    ['CM_FloatUnaryOperation', { op: 'Gamma', a: 1 }, 'op must be one of'],
    ['ImpactCompare', { cmp: 'a < b', a: 1, b: one }, 'b must be comparable with a'],
    ['SimpleMath+', { value: 'a[0', a: one }, 'value must be'],
    ['SimpleMath+', { value: '1 +' }, 'value must be'],
    ['Number Operation', { number_a: -8, number_b: 0.5, operation: 'exponentiation' }, 'number_a must be numbers that'],
    ['BatchCount+', { batch: 3 }, 'batch must be a batch or a list'],
  ])('%s refuses %o', async (name, inputs, message) => {
    await expect(runNode(device, name, inputs)).rejects.toThrow(message);
  });
});
