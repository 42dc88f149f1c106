import { ChromaskError, MaskBatch, open } from '../../dist/chromask.js';
import { runRecipe, runWorkflow } from '../../dist/comfy.js';
import { decode, encode, encodeApng } from '../../dist/png.js';

export const promise = 'every limit of docs/trust.md is where it says it is, with its error';

export async function run({ note }) {
  let tried = 0;
  const device = await open({ device: 'wasm', limits: { memory: 2 ** 20 } });
  const wide = await open({ device: 'wasm' });
  const mask = (n, on = device) => on.mask(new Uint8Array(n), [1, n]);
  const at = async (name, code, work) => {
    tried++;
    const start = performance.now();
    const end = await (async () => work())().then(
      () => 'fine',
      (error) => (error instanceof ChromaskError ? error.code : String(error)),
    );
    if (process.env.TIMES) console.log(name, (performance.now() - start).toFixed());
    if (end !== code) note(`${name}: ${code} expected, got ${end}`);
  };
  const png = await encode({ width: 30, height: 20, channels: 1, data: new Uint8Array(600) });
  await at('memory, all of it', 'fine', () => mask(2 ** 20).dispose());
  await at('memory, one byte more', 'out-of-memory', () => mask(2 ** 20 + 1));
  await at('memory of a result', 'out-of-memory', () =>
    device.solid({ width: 1024, height: 1024 }).grow({ expand: 1 }).data(),
  );
  await at('memory below a mebibyte', 'bad-argument', () => open({ device: 'wasm', limits: { memory: 2 ** 20 - 1 } }));
  await at('a result above all memory', 'out-of-memory', () => wide.solid({ width: 2 ** 30, height: 2 ** 30 }).data());
  await at('a side above 2^30', 'bad-argument', () => wide.solid({ width: 2 ** 30 + 1 }));
  await at('pixels of a file', 'limit', () => device.load(png, { limits: { pixels: 599 } }));
  await at('pixels of a file, exactly', 'fine', () => device.load(png, { limits: { pixels: 600 } }));
  await at('pixels of decode', 'limit', () => decode(png, { limits: { pixels: 599 } }));
  const texts = await encode(
    { width: 1, height: 1, channels: 1, data: new Uint8Array(1) },
    { text: { a: 'x'.repeat(70000) } },
  );
  await at('text, as much as is there', 'fine', async () => {
    const { text } = await decode(texts);
    if (text[0]?.text.length !== 70000) throw new Error('text lost');
  });
  const two = await encode(
    { width: 1, height: 1, channels: 1, data: new Uint8Array(1) },
    { text: { a: 'x'.repeat(2 ** 23), b: 'y' } },
  );
  await at('text, one byte above 8 MiB', 'fine', async () => {
    const { text, warnings } = await decode(two);
    if (text.length !== 1 || !warnings.length) throw new Error(`${text.length} texts, ${warnings.length} warnings`);
  });
  const frame = { data: new Uint8Array(4), delay: 1 };
  const moving = await encodeApng({ width: 1, height: 1, frames: Array(3).fill(frame) }, { level: 'fast' });
  await at('frames of a file, exactly', 'fine', () => decode(moving, { limits: { frames: 3 } }));
  await at('frames of a file', 'limit', () => decode(moving, { limits: { frames: 2 } }));
  await at('grow by 16384', 'fine', () => wide.mask(new Uint8Array(4), [2, 2]).grow({ expand: 16384 }).bytes());
  await at('grow by 16385', 'bad-argument', () => wide.mask(new Uint8Array(4), [2, 2]).grow({ expand: 16385 }));
  const image = wide.image(new Uint8Array(12), [2, 2, 3]);
  await at('1000 colours', 'fine', () => image.colorMap({ maxCount: 1000, minPixels: 1 }));
  await at('1001 colours', 'bad-argument', () => image.colorMap({ maxCount: 1001 }));
  await at('a batch of 20,000 pictures', 'fine', () =>
    wide.mask(new Uint8Array(20000), [20000, 1, 1]).normalize().bytes(),
  );
  const one = wide.mask(new Uint8Array(1), [1, 1]);
  await at('2,000 masks joined', 'fine', async () => {
    const { length } = await MaskBatch.cat(Array.from({ length: 2000 }, () => one)).bytes();
    if (length !== 2000) throw new Error(`${length} bytes`);
  });
  await at('a chain of 20,000 steps', 'fine', () => {
    let long = one.as('float32');
    for (let i = 0; i < 20000; i++) long = i % 2 ? long.clamp() : long.invert();
    return long.bytes();
  });
  const graph = Object.fromEntries(
    Array.from({ length: 100001 }, (_, i) => [i, { class_type: 'SolidMask', inputs: {} }]),
  );
  await at('a workflow of 100,001 nodes', 'workflow', () => runWorkflow(wide, graph));
  const steps = (n, step) => ({ chromask: 1, inputs: [], steps: Array.from({ length: n }, step), output: n - 1 });
  const invert = (_, i) => (i ? { op: 'invert', inputs: [i - 1] } : { op: 'solid' });
  await at('a recipe of 10,000 steps', 'fine', () => wide.run(steps(10000, invert), {}));
  await at('a recipe of 10,001 steps', 'bad-argument', () => wide.run(steps(10001, invert), {}));
  const join = (links) => (_, i) => (i ? { op: 'cat', inputs: Array(links).fill(0) } : { op: 'solid' });
  await at('a recipe of 100,000 links', 'fine', () => wide.run(steps(11, join(10000)), {}));
  await at('a recipe of 109,989 links', 'limit', () => wide.run(steps(12, join(9999)), {}));
  const files = (n) => ({
    chromask: 1,
    inputs: Array.from({ length: n }, (_, i) => ({ name: `${i}.png`, kind: 'file' })),
    workflow: { 1: { class_type: 'SolidMask', inputs: { value: 1, width: 8, height: 8 } } },
  });
  const given = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${i}.png`, png]));
  await at('a recipe of 1,000 files', 'fine', () => runRecipe(wide, files(1000), given));
  await at('a recipe of 1,001 files', 'bad-argument', () => runRecipe(wide, files(1001), given));
  await at('1,001 texts', 'fine', async () => {
    const many = { text: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`a${i}`, 'x'])) };
    const { text, warnings } = await decode(
      await encode({ width: 1, height: 1, channels: 1, data: new Uint8Array(1) }, many),
    );
    if (text.length !== 1000 || !warnings.length) throw new Error(`${text.length} texts, ${warnings.length} warnings`);
  });
  await at('five channels', 'bad-shape', () => wide.image(new Uint8Array(5), [1, 1, 5]));
  for (const each of [device, wide]) each.close();
  return tried;
}
