import UPNG from 'upng-js';

export const makers = {
  J8({ png }) {
    const file = png.slice().buffer;
    let out;
    const run = () => {
      out = new Uint8Array(UPNG.toRGBA8(UPNG.decode(file))[0]);
    };
    return { run, answer: () => out };
  },
};
