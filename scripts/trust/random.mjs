// Seeded numbers, pictures and chains of operations, made from the table of operations itself.
import { layerChannels } from '../../dist/chromask.js';

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

const steps = [
  (m) => m.invert(),
  (m) => m.normalize(),
  (m, r) => m.levels({ black: r.below(256), white: r.below(256), gray: (1 + r.below(999)) / 100 }),
  (m, r) => m.threshold({ value: r.below(101) / 100 }),
  (m) => m.clamp(),
  (m, r) => m.grow({ expand: r.below(9) - 4, shape: ['diamond', 'square', 'disk'][r.below(3)] }),
  (m, r) => m.feather({ left: r.below(5), top: r.below(5), right: r.below(5), bottom: r.below(5) }),
  (m, r) => m.crop({ x: r.below(m.shape[2]), y: r.below(m.shape[1]), width: 1 + r.below(40), height: 1 + r.below(40) }),
  (m, r) => m.resize({ width: 1 + r.below(60), height: 1 + r.below(60) }),
  (m, r) => m.place(m.at(0), { x: r.below(20), y: r.below(20) }),
  (m) => m.column(),
  (m, r) => m.at(r.below(m.shape[0])),
  (m, r) => m.as(r.pick(['uint8', 'float32'])),
  ...['multiply', 'add', 'subtract', 'max', 'min', 'difference', 'and', 'or', 'xor'].map(
    (op) => (m) => m[op](m.invert()),
  ),
  (m, r) =>
    m.composite(m.at(0), { x: r.below(20), y: r.below(20), operation: r.pick(['multiply', 'add', 'subtract']) }),
];

const names = Object.keys(layerChannels);

/** A mask of a picture by a few operations; the same for the same numbers. */
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
