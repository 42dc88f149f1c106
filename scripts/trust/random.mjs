// Seeded numbers, pictures and chains of operations, made from the table of operations itself.
import { layerChannels, ops } from '../../dist/chromask.js';
import { once } from './every.mjs';

export function random(seed) {
  let state = seed | 0 || 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  return { next, below, pick: (list) => list[below(list.length)] };
}

export const bytes = (r, n) => Uint8Array.from({ length: n }, () => r.below(256));

export function picture(device, r, most = 48) {
  const [batch, height, width, channels] = [1 + r.below(2), 1 + r.below(most), 1 + r.below(most), r.pick([3, 4])];
  return device.image(bytes(r, batch * height * width * channels), [batch, height, width, channels]);
}

/** Every operation of the table that makes a mask from a mask, and methods that are not rows. */
const steps = [
  ...Object.entries(ops)
    .filter(([, row]) => (row.on === 'mask' || row.on === 'both') && row.with !== 'image' && !row.gives)
    // a join's other mask must fit, a pasted one need not
    .map(
      ([name, row]) =>
        (m, r) =>
          once(name, row, m, { mask: row.placed ? m.at(0) : m.invert() }, r),
    ),
  (m, r) => m.at(r.below(m.shape[0])),
  (m, r) => m.as(r.pick(['uint8', 'float32'])),
  (m, r) =>
    m.composite(m.at(0), { x: r.below(20), y: r.below(20), operation: r.pick(['multiply', 'add', 'subtract']) }),
];

const names = Object.keys(layerChannels);

/** A mask of a picture by a few operations. Equal numbers give equal masks. */
export function chain(image, r, most = 6) {
  let mask = image.channel(r.pick(names));
  for (let n = r.below(most); n > 0; n--) mask = r.pick(steps)(mask, r);
  return mask;
}

export const same = (a, b) =>
  Buffer.compare(
    Buffer.from(a.buffer, a.byteOffset, a.byteLength),
    Buffer.from(b.buffer, b.byteOffset, b.byteLength),
  ) === 0;
