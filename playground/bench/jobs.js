// What is measured: each makes a new recipe, so that nothing of the last round is used again.
export const jobs = {
  Red: ({ photo }) => photo.channel('red'),
  'Lightness of Lab': ({ photo }) => photo.channel('L(LAB)'),
  Hue: ({ photo }) => photo.channel('H(HSV)'),
  'U of YUV': ({ photo }) => photo.channel('U(YUV)'),
  'Lightness, normalised, levelled, inverted, times a mask': ({ photo, soft }) =>
    photo.channel('L(LAB)').normalize().levels({ black: 20, white: 230, gray: 1.3 }).invert().multiply(soft),
  'Product of two masks': ({ soft, hard }) => soft.multiply(hard),
  Threshold: ({ soft }) => soft.threshold({ value: 0.4 }),
  'Grown by 8': ({ hard }) => hard.grow({ expand: 8 }),
  'Faded at the borders': ({ hard }) => hard.fadeEdges({ left: 64, top: 64, right: 64, bottom: 64 }),
  'Half the size': ({ soft, width, height }) => soft.resize({ width: width >> 1, height: height >> 1 }),
};

/** Pictures that come out the same on every machine: waves with grain, and blobs. */
export function pictures(width, height) {
  const photo = new Uint8Array(width * height * 4);
  const soft = new Uint8Array(width * height);
  const hard = new Uint8Array(width * height);
  let grain = 1;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      grain = (Math.imul(grain, 1664525) + 1013904223) >>> 0;
      const wave = (x * 220) / width + (grain >>> 28);
      photo[at * 4] = wave;
      photo[at * 4 + 1] = (y * 220) / height + ((grain >>> 24) & 15);
      photo[at * 4 + 2] = 255 - wave;
      photo[at * 4 + 3] = 255;
      soft[at] = (x ^ y) & 255;
      hard[at] = ((x >> 5) ^ (y >> 5)) % 5 === 0 ? 255 : 0;
    }
  }
  return { photo, soft, hard };
}
