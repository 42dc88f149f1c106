// libvips compiled to WASM.
import Vips from 'wasm-vips';

const vips = await Vips();
vips.concurrency(1);

const job = (make) => (input) => {
  const { width, height } = input;
  const of = (name, bands) => vips.Image.newFromMemory(input[name], width, height, bands, 'uchar');
  const once = make(of, input);
  let out;
  const run = () => {
    out = once();
  };
  return { run, answer: () => out };
};
const bytes = (make) => {
  const made = make();
  const out = made.writeToMemory();
  made.delete();
  return out;
};

export const makers = {
  J1: job((of) => {
    const image = of('photo', 4);
    return () => bytes(() => image.extractBand(0));
  }),
  J1f: job((of) => {
    const image = of('photo', 4);
    return () => {
      const out = bytes(() => image.extractBand(3).linear(1 / 255, 0));
      return new Float32Array(out.buffer, out.byteOffset, out.byteLength / 4);
    };
  }),
  J8: job(
    (_, { png }) =>
      () =>
        bytes(() => vips.Image.newFromBuffer(png)),
  ),
  J8e: job((of) => {
    const mask = of('a', 1);
    return () => mask.writeToBuffer('.png');
  }),
};
