import { PNG } from 'pngjs';

export const makers = {
  J8({ png }) {
    let out;
    const run = () => {
      out = PNG.sync.read(Buffer.from(png.buffer, png.byteOffset, png.length)).data;
    };
    return { run, answer: () => out };
  },
  J8e({ width, height, a }) {
    let out;
    const run = () => {
      const options = { colorType: 0, inputColorType: 0, inputHasAlpha: false };
      out = PNG.sync.write({ width, height, data: a, gamma: 0 }, options);
    };
    return { run, answer: () => out };
  },
};
