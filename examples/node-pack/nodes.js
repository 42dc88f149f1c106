// Nodes of your own beside chromask's: what they take and give, and a run made of chromask's own calls. Give `nodes` to
// runNode, runWorkflow, objectInfo or missingNodes as their `registry`.
import { core, node, pack, registry } from 'chromask/comfy';

const mine = { module: 'custom_nodes.example', category: 'mask/example' };

const EdgeBand = node({
  ...mine,
  title: 'Edge Band',
  about: 'A band along the edges of a mask: what a grown mask has and a shrunk one has not.',
  inputs: {
    mask: { type: 'MASK' },
    outside: { type: 'INT', default: 4, min: 0, max: 256 },
    inside: { type: 'INT', default: 4, min: 0, max: 256 },
    shape: { type: 'COMBO', options: ['square', 'diamond'] },
  },
  outputs: [['MASK', 'band']],
  // nothing is computed here: batches are lazy, and what is not read is not computed
  run: ({ mask, outside, inside, shape }) => {
    const grown = mask.grow({ expand: outside, shape });
    return [grown.composite(mask.grow({ expand: -inside, shape }), { operation: 'subtract' })];
  },
});

const FullestMask = node({
  ...mine,
  title: 'Fullest Mask',
  about: 'Of a batch, the mask with the most light, and its place in the batch.',
  inputs: { masks: { type: 'MASK' } },
  outputs: [
    ['MASK', 'mask'],
    ['INT', 'index'],
  ],
  // what depends on the pixels is read, and ends where the caller's signal says so
  async run({ masks }, { signal }) {
    const [count, height, width] = masks.shape;
    const data = await masks.data({ signal });
    const sums = Array.from({ length: count }, (_, i) =>
      data.subarray(i * height * width, (i + 1) * height * width).reduce((sum, value) => sum + value, 0),
    );
    const index = sums.indexOf(Math.max(...sums));
    return [masks.at(index), index];
  },
});

const ChooseMask = node({
  ...mine,
  title: 'Choose Mask',
  about: 'One mask or the other.',
  inputs: {
    first: { type: 'BOOLEAN', default: true },
    on_first: { type: 'MASK', lazy: true },
    on_second: { type: 'MASK', lazy: true },
  },
  outputs: [['MASK', 'mask']],
  // the other one is not made
  takes: ({ first }) => [first ? 'on_first' : 'on_second'],
  run: ({ first, on_first, on_second }) => [first ? on_first : on_second],
});

export const nodes = registry(core, pack('example', { EdgeBand, FullestMask, ChooseMask }));
