import { decode, encode } from 'fast-png';

export const makers = {
  J8({ png }) {
    let out;
    const run = () => {
      out = decode(png).data;
    };
    return { run, answer: () => out };
  },
  J8e({ width, height, a }) {
    let out;
    const run = () => {
      out = encode({ width, height, data: a, channels: 1, depth: 8 });
    };
    return { run, answer: () => out };
  },
};
