import fc from 'fast-check';
import {
  ChromaskError,
  channelNames,
  fingerprint,
  ImageBatch,
  layerChannels,
  MaskBatch,
  open,
} from '../../dist/chromask.js';
import { objectInfo, runNode, runRecipe, runWorkflow, workflowOf, workflowRecipe } from '../../dist/comfy.js';
import { decode, encode, encodeApng, inspect, readText } from '../../dist/png.js';
import { openWorker, serve } from '../../dist/worker.js';

export const promise = 'any value for any argument of any method and node: a result or a ChromaskError that names it';

/** Every method with parameters, from the classes. */
const methods = (Class) => {
  const names = new Set();
  for (let at = Class.prototype; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) {
      const { value } = Object.getOwnPropertyDescriptor(at, name);
      if (typeof value === 'function' && !['constructor', 'dispose', 'like'].includes(name)) names.add(name);
    }
  }
  return [...names];
};

/** fits: values that a call should accept. junk: values that some callers pass by mistake. */
function junk() {
  const ring = [];
  ring.push(ring);
  const bare = Object.assign(Object.create(null), { width: 3 });
  return fc.oneof(
    fc.anything({
      withTypedArray: true,
      withBigInt: true,
      withNullPrototype: true,
      withSparseArray: true,
      maxDepth: 2,
    }),
    fc.constantFrom(ring, bare, Object.freeze({}), new Proxy({}, {}), () => 1, Symbol('x'), new Date(), /x/),
    fc.constantFrom('Uint8Array', 'ArrayBuffer', 'Blob', 'Response', 'URL', 'AbortSignal', 'ImageData').map((name) => ({
      [Symbol.toStringTag]: name,
      length: 2 ** 53,
    })),
    fc.constantFrom(-0, NaN, Infinity, -1, 0.5, 1e300, 2 ** 31, 2 ** 32, 2 ** 53),
    fc.constantFrom(...channelNames, '__proto__', 'constructor', 'toString', ''),
    fc.constantFrom(
      JSON.parse('{"__proto__":{"x":1}}'),
      { constructor: 1 },
      { signal: {} },
      { into: [] },
      { limits: { pixels: Symbol('x') } },
      { level: 5n },
      { limits: null },
    ),
    fc.constantFrom(
      new Uint8Array(64),
      new Float32Array(64),
      new Uint8Array(new SharedArrayBuffer(64)),
      new ArrayBuffer(8),
      new DataView(new ArrayBuffer(8)),
    ),
  );
}

const keys = [
  'black',
  'white',
  'gray',
  'value',
  'x',
  'y',
  'width',
  'height',
  'left',
  'top',
  'expand',
  'shape',
  'compat',
  'operation',
  'minPixels',
  'maxCount',
  'color',
  'into',
  'signal',
  'bitDepth',
  'polarity',
  'text',
  'level',
  'layout',
  'threshold',
  'compressed',
  'index',
  'tint',
  'opacity',
  'over',
  'limits',
  'device',
  'gl',
  'wasm',
];

const arraysOf = (size) => [
  new Uint8Array(size),
  new Float32Array(size),
  new Uint8ClampedArray(size),
  Buffer.alloc(size),
];

export async function run({ full, seed, note }) {
  const limits = { memory: 2 ** 26 };
  const { port1, port2 } = new MessageChannel();
  serve(port2);
  const devices = [await open({ device: 'wasm', limits }), await openWorker({ device: 'wasm', limits, worker: port1 })];
  let tried = 0;
  for (const [i, device] of devices.entries()) tried += await tryAll(device, { full, seed: seed + i, note });
  devices[1].close();
  if ({}.x !== undefined || [].x !== undefined) note('a prototype was changed');
  return tried;
}

/** Everything on one device: a local one, or one in a worker. */
async function tryAll(device, { full, seed, note }) {
  const image = device.image(new Uint8Array(2 * 6 * 5 * 4).fill(77), [2, 6, 5, 4]);
  const mask = device.mask(
    Float32Array.from({ length: 60 }, (_, i) => i / 60),
    [2, 6, 5],
  );
  const [oneImage, oneMask] = [image.at(0), mask.at(0)];
  const picture = { width: 2, height: 1, channels: 1, data: new Uint8Array(2) };
  const film = { width: 1, height: 1, frames: [{ data: new Uint8Array(4), delay: 1 }] };
  const png = await encode(picture, { text: { prompt: '{"1":{"class_type":"x","inputs":{}}}' } });
  const recipe = oneMask.invert().recipe();
  const workflow = await workflowRecipe({ 1: { class_type: 'SolidMask', inputs: { value: 1, width: 2, height: 2 } } });
  const fitting = [new AbortController().signal, AbortSignal.abort(), ...[30, 60, 120, 240].flatMap(arraysOf)];
  const options = fc.dictionary(
    fc.constantFrom(...keys),
    fc.oneof(junk(), fc.integer({ min: -2, max: 300 }), fc.boolean(), fc.constantFrom(...fitting)),
    { maxKeys: 3 },
  );
  const argument = fc.oneof(
    options,
    junk(),
    fc.constantFrom(image, mask, oneImage, oneMask, device, picture, film, png, recipe, workflow),
  );
  const nodes = Object.entries(await objectInfo());
  const free = {
    ...{ open, encode, encodeApng, decode, readText, inspect, fingerprint, objectInfo },
    ...{ workflowOf, workflowRecipe, runWorkflow, runRecipe },
    // valid first arguments, so that those after them are reached
    encodeIt: (...rest) => encode(picture, ...rest),
    encodeFilm: (...rest) => encodeApng(film, ...rest),
    decodeIt: (...rest) => decode(png, ...rest),
    loadIt: (...rest) => device.load(png, ...rest),
    runIt: (...rest) => device.run(recipe, ...rest),
    runRecipeIt: (...rest) => runRecipe(device, ...rest),
    runSteps: (...rest) => runRecipe(device, recipe, ...rest),
    runFiles: (...rest) => runRecipe(device, workflow, ...rest),
    runWorkflowIt: (...rest) => runWorkflow(device, workflow.workflow, ...rest),
    workflowRecipeIt: (...rest) => workflowRecipe(workflow.workflow, ...rest),
  };
  const kinds = [
    [image, methods(ImageBatch)],
    [mask, methods(MaskBatch)],
    [oneImage, methods(ImageBatch)],
    [oneMask, methods(MaskBatch)],
    [device, methods(device.constructor).filter((name) => !['close', 'tell'].includes(name))],
    [ImageBatch, ['cat']],
    [MaskBatch, ['cat']],
    [free, Object.keys(free)],
  ];
  const calls = kinds.flatMap(([target, names]) => names.map((name) => [target, name]));
  let tried = 0;
  const found = new Set();
  // a result too large for the machine is refused; one that is merely large is not worth a minute
  const small = (value) => !(value?.size > 2 ** 24);
  const settle = async (work, what) => {
    tried++;
    try {
      const made = await work();
      if (made instanceof ImageBatch || made instanceof MaskBatch) if (small(made)) await made.bytes();
      if (made?.close && made !== device) made.close();
    } catch (error) {
      if (!(error instanceof ChromaskError) && error?.name !== 'AbortError') {
        const key = `${what}: ${String(error?.message ?? error).slice(0, 60)}`;
        if (!found.has(key)) note(`${what}: ${String(error?.stack ?? error).slice(0, 400)}`);
        found.add(key);
      }
    }
  };
  await fc
    .assert(
      fc.asyncProperty(fc.constantFrom(...calls), fc.array(argument, { maxLength: 3 }), ([target, name], args) =>
        settle(async () => target[name](...args), name),
      ),
      { seed, numRuns: full ? 100000 : 6000 },
    )
    .catch((error) => note(String(error.message).slice(0, 1500)));
  await fc
    .assert(
      fc.asyncProperty(
        fc.constantFrom(...nodes),
        fc.array(argument, { minLength: 1, maxLength: 8 }),
        fc.nat(),
        ([name, info], values, which) => {
          const names = [
            ...Object.keys(info.input.required ?? {}),
            ...Object.keys(info.input.optional ?? {}),
            '__proto__',
          ];
          const good = {
            image,
            images: image,
            color_map: image,
            mask,
            masks: mask,
            destination: mask,
            source: mask,
            alpha: mask,
            channel: 'red',
          };
          const inputs = {};
          names.forEach((one, i) => {
            if (Object.hasOwn(good, one) && which % (i + 2)) inputs[one] = good[one];
            else if (values[i % values.length] !== undefined)
              Object.defineProperty(inputs, one, { value: values[i % values.length], enumerable: true });
          });
          return settle(
            async () => (typeof inputs.image === 'string' ? undefined : (await runNode(device, name, inputs))[0]),
            name,
          );
        },
      ),
      { seed, numRuns: full ? 25000 : 2000 },
    )
    .catch((error) => note(String(error.message).slice(0, 1500)));
  const good = await image.channel(Object.keys(layerChannels)[0]).bytes();
  if (good.length !== 60) note('the device does not work afterwards');
  return tried;
}
