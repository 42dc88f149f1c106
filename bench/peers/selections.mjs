// Selections: chromask's calls for jobs S1 to S11, and how answers are converted for comparison.

/** The colour wanted, a pixel with about that colour, and a tolerance that selects about half of the picture. */
export const COLOR = [117, 115, 112];
export const TOLERANCE = 40;

/** Red, green and blue of RGBA. */
export function opaque(rgba) {
  const out = new Uint8Array((rgba.length / 4) * 3);
  for (let i = 0, o = 0; i < rgba.length; i += 4) {
    out[o++] = rgba[i];
    out[o++] = rgba[i + 1];
    out[o++] = rgba[i + 2];
  }
  return out;
}

/** The first pixel from the middle on whose colour is as close as any picture's closest can be. */
export function seedOf(rgb, width, height) {
  for (let i = (height >> 1) * width + (width >> 1); i < width * height; i++) {
    if (COLOR.every((v, c) => Math.abs(rgb[3 * i + c] - v) <= 4)) return { x: i % width, y: Math.floor(i / width) };
  }
  throw new Error('no pixel has the colour');
}

export function selections(device, { keep, release, delivered }) {
  const mask =
    (make, dtype = 'uint8') =>
    (input) => {
      const { width, height, a } = input;
      release();
      const from = keep(device.mask(a, [height, width]));
      return delivered(dtype, () => make(from, input));
    };
  const picture = (make) => (input) => {
    const { width, height, photo } = input;
    release();
    const rgb = opaque(photo);
    const image = keep(device.image(rgb, [1, height, width, 3]));
    const given = { ...input, at: seedOf(rgb, width, height) };
    return delivered('uint8', () => make(image, given));
  };
  return {
    S1: mask((from) => from.blur({ radius: 8 })),
    S1b: mask((from) => from.blur({ radius: 40 })),
    S2: mask((from) => from.median({ radius: 7 })),
    S3: mask((from) => from.grow({ expand: 8, shape: 'disk' })),
    S4({ width, height, a }) {
      release();
      const from = keep(device.mask(a, [height, width]));
      let last;
      const run = async () => {
        last = await from.components();
      };
      const answer = () => Int32Array.from(last.areas.flatMap((area, i) => [area, ...Object.values(last.boxes[i])]));
      return { run, answer };
    },
    S5: mask((from) => from.distance(), 'float32'),
    S6: mask((from) => from.fillHoles()),
    S7({ width, height, a }) {
      release();
      const from = keep(device.mask(a, [height, width]));
      let rings;
      const run = async () => {
        [rings] = await from.outlines();
      };
      const answer = () =>
        device
          .polygon(
            rings.map(({ points }) => points),
            { width, height, antialias: false },
          )
          .bytes();
      return { run, answer };
    },
    S8: mask((from, { width, height }) => from.resize({ width: width / 2, height: height / 2, filter: 'lanczos' })),
    S9({ width, height, photo, a }) {
      release();
      const image = keep(device.image(opaque(photo), [1, height, width, 3]));
      const from = keep(device.mask(a, [height, width]));
      return delivered('float32', () => from.refine(image, { radius: 8, epsilon: 0.001 }));
    },
    S10: picture((image) => image.colorRange({ colors: COLOR, tolerance: TOLERANCE })),
    S10b: picture((image) => image.colorRange({ colors: COLOR, tolerance: TOLERANCE, metric: 'box' })),
    S11: picture((image, { at }) => image.wand({ ...at, tolerance: TOLERANCE, metric: 'box' })),
  };
}
