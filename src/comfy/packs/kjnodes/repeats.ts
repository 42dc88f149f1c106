// KJNodes: reverses and repeats batches, and draws boxes on pictures.

import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image, MaskBatch as Mask } from '../../../index.js';
import { combo, image, int, mask, optional } from '../../inputs.js';
import { node } from '../../node.js';
import { floatsOfImage, imageOfFloats } from '../lib/pictures.js';
import { kj } from './common.js';

const group = { ...kj, category: 'KJNodes/image' } as const;

export const nodes = {
  ReverseImageBatch: node({
    ...group,
    title: 'Reverse Image Batch',
    about: 'The last picture first.',
    inputs: { images: image },
    outputs: [['IMAGE', 'IMAGE']],
    run({ images }) {
      const [count] = images.shape;
      return [Image.cat(Array.from({ length: count }, (_, i) => images.at(count - 1 - i)))];
    },
  }),

  ImageBatchRepeatInterleaving: node({
    ...group,
    title: 'ImageBatchRepeatInterleaving',
    about:
      'Each picture so often before the next, and each mask; without masks ones for the first of each picture, and zeros.',
    inputs: { images: image, repeats: int({ default: 1, min: 1, max: 4096 }), mask: optional(mask) },
    outputs: [
      ['IMAGE', 'IMAGE'],
      ['MASK', 'MASK'],
    ],
    run({ images, repeats, mask }, { device }) {
      const [count, height, width] = images.shape;
      const places = (many: number): number[] =>
        Array.from({ length: many * repeats }, (_, i) => Math.floor(i / repeats));
      const all = Image.cat(places(count).map((at) => images.at(at)));
      if (mask) return [all, Mask.cat(places(mask.shape[0]).map((at) => mask.at(at)))];
      const [first, later] = [1, 0].map((value) => device.solid({ value, width, height }));
      return [all, Mask.cat(places(count).map((_, i) => (i % repeats ? later : first)))];
    },
  }),

  BboxVisualize: node({
    ...kj,
    title: 'Bbox Visualize',
    about: 'Draws a red box on each picture, with lines inwards. There are as many pictures as boxes.',
    quirk:
      'A place above 0 beyond the picture is not drawn; below 0 it counts from the other end, as in the original. Only pictures of 3 channels.',
    inputs: {
      images: image,
      bboxes: { type: 'BBOX' },
      line_width: int({ default: 1, min: 1, max: 10 }),
      bbox_format: combo(['xywh', 'xyxy'], 'xywh'),
    },
    outputs: [['IMAGE', 'images']],
    async run({ images, bboxes, line_width, bbox_format }, call) {
      const count = Math.min(images.shape[0], bboxes.length);
      if (count === 0) throw refusal(call.node, 'bboxes', 'at least one box', bboxes);
      if (images.shape[3] !== 3)
        throw refusal(call.node, 'images', 'of 3 channels', `shape [${images.shape}]`, 'bad-shape');
      const { data, shape } = await floatsOfImage(images.slice(0, count), call);
      const [, height, width] = shape;
      const made = Float32Array.from(data);
      // indices and slices like Python's: negative ones count from the end
      const index = (at: number, length: number): number | undefined =>
        at >= length || at < -length ? undefined : at < 0 ? at + length : at;
      const range = (from: number, to: number, length: number) => {
        const [start, end] = [from, to].map((at) => Math.min(Math.max(at < 0 ? at + length : at, 0), length));
        return Array.from({ length: Math.max(end - start, 0) }, (_, i) => start + i);
      };
      for (let b = 0; b < count; b++) {
        const box = bboxes[b].map(Math.trunc);
        const [left, top] = box;
        const [wide, high] = bbox_format === 'xywh' ? [box[2], box[3]] : [box[2] - left, box[3] - top];
        const dot = (x: number | undefined, y: number | undefined): void => {
          if (x === undefined || y === undefined) return;
          made.set([1, 0, 0], ((b * height + y) * width + x) * 3);
        };
        for (let i = 0; i < line_width; i++) {
          for (const y of [top + i, top + high - i]) {
            for (const x of range(left, left + wide, width)) dot(x, index(y, height));
          }
          for (const x of [left + i, left + wide - i]) {
            for (const y of range(top, top + high, height)) dot(index(x, width), y);
          }
        }
      }
      return [imageOfFloats(call.device, { data: made, shape })];
    },
  }),
};
