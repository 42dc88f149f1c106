// sharp, on one thread or on BENCH_THREADS, from and to memory without a file format in between.
import sharp from 'sharp';

sharp.concurrency(Number(process.env.BENCH_THREADS ?? 1));
sharp.cache(false);

const run = (make) => (input) => {
  let out;
  const { width, height } = input;
  const of = (name, channels) => sharp(input[name], { raw: { width, height, channels }, limitInputPixels: false });
  const once = async () => {
    out = await make(of, input);
  };
  return { run: once, answer: () => out };
};
const raw = (pipeline) => pipeline.raw().toBuffer();

export const makers = {
  J1: run((of) => raw(of('photo', 4).extractChannel(0))),
  J2: run(async (of) => raw(of('photo', 4).removeAlpha().toColourspace('lab').extractChannel(0))),
  J4: run((of) => raw(of('photo', 4).removeAlpha().greyscale())),
  J7: run((of, { width, height, b }) =>
    raw(
      of('a', 1)
        .composite([{ input: b, raw: { width, height, channels: 1 }, blend: 'multiply' }])
        .extractChannel(0),
    ),
  ),
  J7m: run((of, { width, height, b }) =>
    raw(
      of('a', 1)
        .composite([{ input: b, raw: { width, height, channels: 1 }, blend: 'lighten' }])
        .extractChannel(0),
    ),
  ),
  J7g: run((of) => raw(of('a', 1).dilate(8).extractChannel(0))),
  J8: run((_, { png }) => raw(sharp(png, { limitInputPixels: false }).ensureAlpha())),
  J8e: run((of) => of('a', 1).toColourspace('b-w').png().toBuffer()),
};
