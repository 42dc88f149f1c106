// Random graphs of mask nodes, equal for equal seeds.
import type { Device, ImageBatch, MaskBatch } from 'chromask';
import { noise } from '../noise.js';
import type { Sketch } from './sketch.js';

/** Whole numbers below `end`, the same for the same seed. */
export function dice(seed: number): (end: number) => number {
  let state = (seed + 1) * 0x9e3779b9;
  return (end) => {
    state = (state ^ (state << 13)) >>> 0;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    return state % end;
  };
}

const W = 13;
const H = 7;
const operations = ['multiply', 'add', 'subtract', 'and', 'or', 'xor'] as const;
const channels = ['red', 'green', 'blue', 'alpha'] as const;

/** A graph and, made beside it by the methods of batches alone, what each of its masks is. */
export function random(
  seed: number,
  pictures: ImageBatch,
  device: Device,
): { sketch: Sketch; expected: Map<string, MaskBatch> } {
  const roll = dice(seed);
  const sketch: Sketch = { p: { type: 'LoadImage', in: { image: 'p.png' } } };
  const expected = new Map<string, MaskBatch>();
  const add = (type: string, inputs: Record<string, unknown>, mask: MaskBatch): void => {
    const id = String(expected.size + 1);
    sketch[id] = { type, in: inputs };
    expected.set(id, mask);
  };
  const any = (): [[string, number], MaskBatch] => {
    const [id, mask] = [...expected][roll(expected.size)];
    return [[id, 0], mask];
  };
  add('ImageToMask', { image: ['p', 0], channel: 'green' }, pictures.as('float32').channel('green'));
  for (let i = 0; i < 4 + roll(10); i++) {
    const [at, mask] = any();
    const [height, width] = mask.shape.slice(1);
    switch (roll(9)) {
      case 0:
        add('InvertMask', { mask: at }, mask.as('float32').invert());
        break;
      case 1: {
        const rectangle = { x: roll(width), y: roll(height), width: 1 + roll(W), height: 1 + roll(H) };
        add('CropMask', { mask: at, ...rectangle }, mask.crop(rectangle));
        break;
      }
      case 2: {
        const [from, other] = any();
        const options = { x: roll(W), y: roll(H), operation: operations[roll(6)] };
        add('MaskComposite', { destination: at, source: from, ...options }, mask.composite(other, options));
        break;
      }
      case 3: {
        const edges = { left: roll(9), top: roll(9), right: roll(9), bottom: roll(9) };
        add('FeatherMask', { mask: at, ...edges }, mask.fadeEdges(edges));
        break;
      }
      case 4: {
        const [expand, tapered] = [roll(9) - 4, roll(2) === 0];
        add(
          'GrowMask',
          { mask: at, expand, tapered_corners: tapered },
          mask.grow({ expand, shape: tapered ? 'diamond' : 'square' }),
        );
        break;
      }
      case 5: {
        const value = roll(101) / 100;
        add('ThresholdMask', { mask: at, value }, mask.as('float32').threshold({ value }));
        break;
      }
      case 6: {
        const size = { value: roll(101) / 100, width: 1 + roll(W), height: 1 + roll(H) };
        add('SolidMask', size, device.solid(size));
        break;
      }
      case 7: {
        const channel = channels[roll(3)];
        add('ImageToMask', { image: ['p', 0], channel }, pictures.as('float32').channel(channel));
        break;
      }
      default: {
        const [black_point, white_point] = [roll(256), roll(256)];
        const inputs = {
          image: ['p', 0],
          channel: 'L(LAB)',
          black_point,
          white_point,
          gray_point: 1,
          invert_output_mask: true,
        };
        const toned = pictures
          .removeAlpha()
          .channel('L(LAB)')
          .normalize()
          .levels({ black: black_point, white: white_point });
        add('LayerMask: ImageToMask', inputs, toned.invert());
      }
    }
  }
  return { sketch, expected };
}

export const picture = (on: Device): ImageBatch => on.image(noise(H * W * 4, 5), [1, H, W, 4]);
