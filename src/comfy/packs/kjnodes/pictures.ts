// The KJNodes for pictures, which load separately.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image } from '../../../index.js';
import { image, string } from '../../inputs.js';
import { node } from '../../node.js';
import { kj } from './common.js';
import { resizing } from './resize.js';

export const nodes = {
  ...resizing,

  GetImagesFromBatchIndexed: node({
    ...kj,
    category: 'KJNodes/image',
    title: 'Get Images From Batch Indexed',
    about: 'The pictures of these numbers, with commas between them, the first 0; below 0 from the end.',
    inputs: { images: image, indexes: { ...string('0, 1, 2'), multiline: true } },
    outputs: [['IMAGE', 'IMAGE']],
    run({ images, indexes }, { node }) {
      const [batch] = images.shape;
      const all = indexes.split(',').map((one) => {
        const at = /^\s*[+-]?\d+\s*$/.test(one) ? Number(one) : Number.NaN;
        if (at >= -batch && at < batch) return images.at(at);
        throw refusal(node, 'indexes', `whole numbers from -${batch} to ${batch - 1}, with commas`, indexes);
      });
      return [Image.cat(all)];
    },
  }),
};
