// Tensors for models: layouts of images and masks, mean and deviation as torchvision 0.14 applies them, refusals.
import { open } from 'chromask';
import { describe, expect, it } from 'vitest';

const device = await open({ device: 'wasm' });
const rows = Uint8Array.of(0, 127, 255, 1, 200, 3, 254, 77, 128, 33, 99, 180);
const image = device.image(rows, [1, 2, 2, 3]);
const six = device.mask(Uint8Array.of(0, 51, 102, 153, 204, 255), [3, 1, 2]);
const fifths = Float32Array.of(0, 0.2, 0.4, 0.6, 0.8, 1);

describe('toTensor of masks', () => {
  it('has the axes of its layout', async () => {
    expect(await six.toTensor()).toEqual({ data: fifths, dims: [3, 1, 1, 2] });
    expect(await six.toTensor({ layout: 'NHWC' })).toEqual({ data: fifths, dims: [3, 1, 2, 1] });
    expect(await six.toTensor({ layout: 'NHW' })).toEqual({ data: fifths, dims: [3, 1, 2] });
    expect(await six.at(1).toTensor({ layout: 'HW' })).toEqual({ data: fifths.slice(2, 4), dims: [1, 2] });
  });

  it('fills what it is given, less a mean too', async () => {
    const into = new Float32Array(2);
    const mask = device.mask(Float32Array.of(0.25, 0.75), [1, 2]);
    // torch: tensor([0.25, 0.75]).sub(0.5).div(0.3)
    const bits = Uint32Array.of(3210040661, 1062557013);
    for (const layout of ['NCHW', 'NHWC', 'NHW', 'HW'] as const) {
      expect((await mask.toTensor({ layout, mean: 0.5, std: [0.3], into })).data).toBe(into);
      expect(new Uint32Array(into.buffer)).toEqual(bits);
    }
    expect(await mask.data()).toEqual(Float32Array.of(0.25, 0.75));
  });
});

describe('toTensor of images', () => {
  it('has the channels first or last', async () => {
    const last = await image.toTensor({ layout: 'NHWC' });
    expect(last).toEqual({ data: Float32Array.from(rows, (v) => v / 255), dims: [1, 2, 2, 3] });
    const first = await image.toTensor();
    expect(first.dims).toEqual([1, 3, 2, 2]);
    const order = [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11];
    expect(first.data).toEqual(Float32Array.from(order, (i) => rows[i] / 255));
    const two = device.image(Uint8Array.from([...rows, ...rows.toReversed()]), [2, 2, 2, 3]);
    const both = (await two.toTensor()).data;
    expect(both.subarray(0, 12)).toEqual(first.data);
    expect(both[12]).toBe(Math.fround(rows[11] / 255));
  });

  it('has what Normalize(mean, std) of torchvision gives, bit for bit', async () => {
    const [mean, std] = [
      [0.485, 0.456, 0.406],
      [0.229, 0.224, 0.225],
    ];
    const first = [
      3221719997, 3221648171, 1074713994, 3217473979, 1044393444, 1069259676, 3207596920, 3197821959, 1076426179,
      3219146413, 1054498108, 1068145034,
    ];
    const { data } = await image.toTensor({ mean, std });
    expect([...new Uint32Array(data.buffer)]).toEqual(first);
    const last = (await image.toTensor({ layout: 'NHWC', mean, std })).data;
    expect([...new Uint32Array(last.buffer)]).toEqual(
      [0, 1, 2, 3].flatMap((i) => [first[i], first[i + 4], first[i + 8]]),
    );
  });

  it('of one channel needs none', async () => {
    const gray = device.image(Uint8Array.of(0, 255), [1, 2, 1]);
    expect(await gray.toTensor({ layout: 'HW' })).toEqual({ data: Float32Array.of(0, 1), dims: [1, 2] });
  });
});

it('refuses what no tensor can be made with', async () => {
  const refused = async (options: object, message: string) =>
    expect(image.toTensor(options)).rejects.toThrow(`toTensor: ${message}`);
  await refused({ layout: 'HWC' }, 'layout must be one of NCHW, NHWC, NHW, HW, got "HWC"');
  await refused({ layout: 'NHW' }, 'layout must be NCHW or NHWC for 3 channels, got "NHW"');
  await refused({ mean: [0.5, 0.5] }, 'mean must be a finite number or a list of 3, got [0.5, 0.5]');
  await refused({ mean: Number.NaN }, 'mean must be a finite number or a list of 3, got NaN');
  await refused({ std: 0 }, 'std must be a number above 0 or a list of 3, got 0');
  await refused({ std: [1, 1, 1e-60] }, 'std must be a number above 0 or a list of 3, got [1, 1, 1e-60]');
  await refused({ std: '1' }, 'std must be a number above 0 or a list of 3, got "1"');
  await refused({ into: new Float32Array(11) }, 'into must be a Float32Array of 12, got Float32Array(11)');
  await refused({ into: new Uint8Array(12) }, 'into must be a Float32Array of 12, got Uint8Array(12)');
});

it('`stack` of a recipe that was recorded before is cat', async () => {
  const recipe = {
    chromask: 2,
    inputs: [{ name: 'mask', kind: 'mask', dtype: 'uint8', shape: [1, 1, 2] }],
    steps: [{ op: 'stack', inputs: [0, 0] }],
    output: 1,
  } as const;
  const both = await device.run(recipe, { mask: six.at(0) });
  expect([...(await both.bytes())]).toEqual([0, 51, 0, 51]);
});
