// The Inspire pack: a mask of depths from the colours of a picture.
import { combo, float, image, int, string } from '../../inputs.js';
import { node } from '../../node.js';
import { cvDilated, cvEroded } from '../lib/cvSquare.js';
import { batchOf, type Plane } from '../lib/each.js';
import { halfEven } from '../lib/numbers.js';

const f = Math.fround;
const flatten = {
  override: (under: number, over: number) => (over === 0 ? under : over),
  max: Math.max,
  sum: (under: number, over: number) => f(under + over),
} as const;

export const nodes = {
  'ColorMaskToDepthMask //Inspire': node({
    title: 'Color Mask To Depth Mask (Inspire)',
    category: 'InspirePack/Regional',
    module: 'custom_nodes.ComfyUI-Inspire-Pack',
    also: ['ColorMaskToDepthMask __Inspire'],
    about:
      'base_value everywhere, and for each line #RRGGBB:depth that depth where the picture has the colour, grown or shrunk by a square; laid over one another, ' +
      'or the largest, or their sum, within 0..1.',
    quirk:
      'Digits are capitals; other lines are passed over, as in the original. Of several pictures each colour gives a layer for every one.',
    inputs: {
      color_mask: image,
      spec: { ...string('#FF0000:1.0\n#000000:1.0'), multiline: true },
      base_value: float({ default: 0, min: 0, max: 1 }),
      dilation: int({ default: 0, min: -512, max: 512 }),
      flatten_method: combo(['override', 'sum', 'max']),
    },
    outputs: [['MASK', 'MASK']],
    async run({ color_mask, spec, base_value, dilation, flatten_method }, call) {
      const [batch, height, width, channels] = color_mask.shape;
      const data = await color_mask.data({ signal: call.signal });
      const colors = Int32Array.from({ length: batch * height * width }, (_, i) => {
        const byte = (c: number): number =>
          halfEven(f(Math.min(Math.max(data[i * channels + Math.min(c, channels - 1)], 0), 1) * 255));
        return (byte(0) << 16) | (byte(1) << 8) | byte(2);
      });
      const size = width * height;
      let made = new Float32Array(size).fill(base_value);
      const lay = flatten[flatten_method];
      for (const line of spec.split('\n')) {
        const [, digits, depth] = /^#([A-F0-9]+):([0-9]+(?:.[0-9]*)?)/.exec(line) ?? [];
        if (digits === undefined) continue;
        const [color, value] = [Number.parseInt(digits, 16), Number.parseFloat(depth)];
        for (let b = 0; b < batch; b++) {
          const own = colors.subarray(b * size, (b + 1) * size);
          const plane: Plane<Float32Array> = {
            data: Float32Array.from(own, (v) => (v === color ? value : 0)),
            width,
            height,
          };
          const layer =
            dilation > 0 ? cvDilated(plane, dilation) : dilation < 0 ? cvEroded(plane, -dilation - 1) : plane;
          made = made.map((under, i) => lay(under, layer.data[i]));
        }
      }
      return [batchOf(call, [{ data: made.map((x) => Math.min(Math.max(x, 0), 1)), width, height }])];
    },
  }),
};
