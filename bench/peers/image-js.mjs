// image-js.
import { decodePng, encodePng, Image } from 'image-js';

const job = (make) => (input) => {
  const { width, height } = input;
  const of = (name, colorModel) => new Image(width, height, { data: input[name], colorModel });
  const once = make(of, input);
  let out;
  const run = () => {
    out = once();
  };
  return { run, answer: () => (out instanceof Image ? out.getRawImage().data : out) };
};

export const makers = {
  J1: job((of) => {
    const image = of('photo', 'RGBA');
    return () => image.grey({ algorithm: 'red', keepAlpha: false, mergeAlpha: false });
  }),
  J4: job((of) => {
    const image = of('photo', 'RGBA');
    return () => image.grey({ algorithm: 'luma601', keepAlpha: false, mergeAlpha: false });
  }),
  J7g: job((of) => {
    const mask = of('a', 'GREY');
    const kernel = Array.from({ length: 17 }, () => new Array(17).fill(1));
    return () => mask.dilate({ kernel });
  }),
  J8: job(
    (_, { png }) =>
      () =>
        decodePng(png),
  ),
  J8e: job((of) => {
    const mask = of('a', 'GREY');
    return () => encodePng(mask);
  }),
};
