// essentials: masks from the colours of pictures, and from numbers.
import { refusal } from '../../../base/errors.js';
import { anything, float, image, int, MAX, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { withinBytes } from '../lib/byColor.js';
import { checkSide } from '../lib/numbers.js';
import { essentials } from './common.js';

const byte = int({ default: 255, min: 0, max: 255 });
const threshold = float({ default: 0.15, min: 0, max: 1, step: 0.01 });
const side = int({ default: 32, min: 0, max: MAX, step: 8 });
const f = Math.fround;

export const colors = {
  'MaskFromColor+': node({
    ...essentials,
    title: '🔧 Mask From Color',
    about:
      '1 where each channel, clamped to 0..1 and rounded to bytes half to even, is within the threshold of the colour; 0 elsewhere.',
    quirk: 'A picture of 4 channels is refused; the original fails.',
    inputs: { image, ...{ red: byte, green: byte, blue: byte }, threshold: int({ default: 0, min: 0, max: 127 }) },
    async run({ image, red, green, blue, threshold }, { device, node, signal }) {
      const [batch, height, width, channels] = image.shape;
      if (channels === 4) throw refusal(node, 'image', 'of 1 or 3 channels', `shape [${image.shape}]`, 'bad-shape');
      const data = await image.data({ signal });
      const made = withinBytes(data, channels, [red, green, blue], threshold);
      return [device.mask(made, [batch, height, width]).as('float32')];
    },
  }),

  'MaskFromRGBCMYBW+': node({
    ...essentials,
    title: '🔧 Mask From RGB/CMY/BW',
    about:
      'Eight masks, one for each corner of the cube of colours: 1 where a channel is at least 1 - its threshold, or below it, as the colour has it; ' +
      'black is up to the thresholds, and the blue of magenta above.',
    quirk: 'A picture of one channel is refused; the original fails.',
    inputs: { image, threshold_r: threshold, threshold_g: threshold, threshold_b: threshold },
    outputs: [
      ['MASK', 'red'],
      ['MASK', 'green'],
      ['MASK', 'blue'],
      ['MASK', 'cyan'],
      ['MASK', 'magenta'],
      ['MASK', 'yellow'],
      ['MASK', 'black'],
      ['MASK', 'white'],
    ],
    async run({ image, threshold_r, threshold_g, threshold_b }, { device, node, signal }) {
      const [batch, height, width, channels] = image.shape;
      if (channels < 3) throw refusal(node, 'image', 'of 3 or 4 channels', `shape [${image.shape}]`, 'bad-shape');
      const data = await image.data({ signal });
      const low = [threshold_r, threshold_g, threshold_b].map(f);
      const high = [threshold_r, threshold_g, threshold_b].map((one) => f(1 - one));
      type Test = (x: number, c: number) => boolean;
      const [is, no, up, over]: Test[] = [
        (x, c) => x >= high[c],
        (x, c) => x < low[c],
        (x, c) => x <= low[c],
        (x, c) => x > high[c],
      ];
      const corners: readonly (readonly Test[])[] = [
        [is, no, no],
        [no, is, no],
        [no, no, is],
        [no, is, is],
        [is, no, over],
        [is, is, no],
        [up, up, up],
        [is, is, is],
      ];
      return corners.map((tests) => {
        const made = new Uint8Array(batch * height * width);
        for (const i of made.keys()) if (tests.every((test, c) => test(data[i * channels + c], c))) made[i] = 255;
        return device.mask(made, [batch, height, width]).as('float32');
      });
    },
  }),

  'MaskFromList+': node({
    ...essentials,
    title: '🔧 Mask From List',
    about:
      'A mask of one value for each of values and of the numbers in str_values, with commas between them, clamped to 0..1.',
    quirk: 'A size of 0 is refused, for the mask would be empty.',
    inputs: {
      width: side,
      height: side,
      values: optional(anything),
      str_values: { ...string(), multiline: true, optional: true },
    },
    run({ width, height, values, str_values }, { device, node }) {
      checkSide(node, 'width', width);
      checkSide(node, 'height', height);
      const given: readonly unknown[] = values === undefined ? [] : Array.isArray(values) ? values : [values];
      const written = str_values === '' ? [] : str_values.split(',').map((one) => one.trim());
      const all = [
        ...given.map((one) => numberOf(node, 'values', one)),
        ...written.map((one) => numberOf(node, 'str_values', one)),
      ];
      if (!all.length) throw refusal(node, 'str_values', 'at least one number, unless values are given', str_values);
      const size = width * height;
      const data = new Float32Array(all.length * size);
      for (const [b, value] of all.entries()) data.fill(Math.min(Math.max(value, 0), 1), b * size, (b + 1) * size);
      return [device.mask(data, [all.length, height, width])];
    },
  }),
};

function numberOf(node: string, input: string, given: unknown): number {
  const value = typeof given === 'boolean' || (typeof given === 'string' && given !== '') ? Number(given) : given;
  if (typeof value !== 'number' || Number.isNaN(value)) throw refusal(node, input, 'numbers', given);
  return value;
}
