// Options of calls: invalid options and unknown names are refused before anything happens.

import { runInNewContext } from 'node:vm';
import { type ChromaskError, open } from 'chromask';
import { objectInfo, runNode, runRecipe, runWorkflow, workflowOf, workflowRecipe } from 'chromask/comfy';
import { decode, encode, encodeApng } from 'chromask/png';
import { createQueue, createWorker } from 'chromask/queue';
import { difference } from 'chromask/testing';
import { openWorker } from 'chromask/worker';
import { expect, it } from 'vitest';

const device = await open({ device: 'wasm' });
const image = device.image(new Uint8Array(12), [2, 2, 3]);
const mask = device.mask(new Uint8Array(4), [2, 2]);
const recipe = mask.invert().recipe();
const png = await encode({ width: 1, height: 1, channels: 1, data: new Uint8Array(1) });
type Any = (...args: unknown[]) => unknown;
const on = (target: object, name: string): Any => (Reflect.get(target, name) as Any).bind(target);

const cases: [string, () => unknown, RegExp][] = [
  ['run, null', () => on(device, 'run')(recipe, {}, null), /^run: options must be an object, got null/],
  ['run, signal', () => on(device, 'run')(recipe, {}, { signal: {} }), /^run: signal must be an AbortSignal/],
  ['objectInfo, null', () => (objectInfo as Any)(null), /^objectInfo: options must be an object, got null/],
  ['objectInfo, files', () => (objectInfo as Any)({ files: 5 }), /^objectInfo: files must be a list of names, got 5/],
  ['runRecipe, options', () => (runRecipe as Any)(device, recipe, {}, null), /^runRecipe: options must be/],
  ['runRecipe, inputs', () => (runRecipe as Any)(device, recipe, null), /^runRecipe: inputs must be/],
  ['workflowRecipe', () => (workflowRecipe as Any)({}, null), /^workflowRecipe: options must be/],
  ['runRecipe, device', () => (runRecipe as Any)({}, recipe), /^runRecipe: device must be a device, got an object/],
  ['runWorkflow, device', () => (runWorkflow as Any)(null, {}), /^runWorkflow: device must be a device, got null/],
  [
    'runWorkflow, outputs',
    () => (runWorkflow as Any)(device, {}, { outputs: [] }),
    /^runWorkflow: outputs must be an object of/,
  ],
  ['createQueue', () => (createQueue as Any)(null), /^createQueue: options must be an object, got null/],
  ['createWorker', () => (createWorker as Any)(null), /^createWorker: options must be an object, got null/],
  ['concurrency', () => createWorker({ concurrency: 0 }), /concurrency must be a whole number .* got 0/],
  ['lock', () => createWorker({ lock: -1 }), /lock must be a whole number .* got -1/],
  ['load, limits', () => on(device, 'load')(png, { limits: { pixel: 1 } }), /^load: there is no parameter "pixel"/],
  ['load, options', () => on(device, 'load')(png, { limit: {} }), /^load: there is no parameter "limit"/],
  ['toPng of a mask', () => on(mask, 'toPng')({ bits: 1 }), /^toPng: there is no parameter "bits"/],
  ['toPng of a picture', () => on(image, 'toPng')({ bitDepth: 8 }), /^toPng: there is no parameter "bitDepth"/],
  ['toPng, text', () => on(mask, 'toPng')({ text: [{ text: 'x' }] }), /text keyword must be .* got undefined/],
  ['toCocoRle', () => on(mask, 'toCocoRle')({ compressed: 1 }), /^toCocoRle: compressed must be true or false, got 1/],
];

it.each(cases)('%s', async (_, call, message) => {
  const error = await Promise.resolve()
    .then(call)
    .catch((cause: unknown) => cause);
  expect(error).toMatchObject({ name: 'ChromaskError' });
  expect((error as ChromaskError).message).toMatch(message);
});

const misspelt = { sginal: AbortSignal.abort() };
const picture = { width: 1, height: 1, channels: 1, data: new Uint8Array(1) };
// every call with options, given one that does not exist
const strange: [string, () => unknown][] = [
  ['open', () => (open as Any)(misspelt)],
  ['openWorker', () => (openWorker as Any)(misspelt)],
  ['load', () => on(device, 'load')(png, misspelt)],
  ['run', () => on(device, 'run')(recipe, {}, misspelt)],
  ...[
    'bytes',
    'data',
    'histogram',
    'toPng',
    'toBlob',
    'toDataURL',
    'toCocoRle',
    'toTensor',
    'toNpy',
    'toImageData',
    'bounds',
    'area',
  ].map((name): [string, () => unknown] => [name, () => on(mask, name)(misspelt)]),
  ...['bytes', 'data', 'toPng', 'toBlob', 'toImageData', 'toTensor', 'colorMap'].map(
    (name): [string, () => unknown] => [name, () => on(image, name)(misspelt)],
  ),
  ['solid', () => on(device, 'solid')(misspelt)],
  ['withAlpha', () => on(image, 'withAlpha')(mask, misspelt)],
  ['withBytes', () => on(mask, 'withBytes')(() => 0, misspelt)],
  ['withData', () => on(image, 'withData')(() => 0, misspelt)],
  ['recipe', () => on(mask, 'recipe')(misspelt)],
  ['levels', () => on(mask, 'levels')(misspelt)],
  ['texture', () => on(mask, 'texture')(misspelt)],
  ['toImageBitmap', () => on(mask, 'toImageBitmap')(misspelt)],
  ['decode', () => (decode as Any)(png, misspelt)],
  ['encode', () => (encode as Any)(picture, misspelt)],
  ['encode', () => (encodeApng as Any)([picture], misspelt)],
  ['InvertMask', () => (runNode as Any)(device, 'InvertMask', { mask }, misspelt)],
  ['runWorkflow', () => (runWorkflow as Any)(device, {}, misspelt)],
  ['runRecipe', () => (runRecipe as Any)(device, recipe, {}, misspelt)],
  ['workflowRecipe', () => (workflowRecipe as Any)({}, misspelt)],
  ['objectInfo', () => (objectInfo as Any)(misspelt)],
  ['createQueue', () => (createQueue as Any)(misspelt)],
  ['createWorker', () => (createWorker as Any)(misspelt)],
];

it.each(strange)('%s knows its options', async (name, call) => {
  const error = await Promise.resolve()
    .then(call)
    .catch((cause: unknown) => cause);
  expect((error as ChromaskError).message).toMatch(
    RegExp(`^${name}: there is no (parameter|option) "sginal"; it takes `),
  );
  expect(error).toMatchObject({ name: 'ChromaskError', code: 'bad-argument' });
});

const signal = AbortSignal.abort(new Error('enough'));
const stopped: [string, (options: { signal: AbortSignal }) => unknown][] = [
  ...[mask, image].flatMap((batch) =>
    [
      ...['bytes', 'data', 'toPng', 'toBlob', 'toImageBitmap', 'toTensor', 'texture'],
      ...['histogram', 'toDataURL', 'toCocoRle', 'toNpy', 'bounds', 'area', 'colorMap'],
    ]
      .filter((name) => name in batch)
      .map((name): (typeof stopped)[number] => [`${name} of ${batch}`, (options) => on(batch, name)(options)]),
  ),
  ['withBytes', (options) => mask.withBytes(() => 0, options)],
  ['load', (options) => device.load(png, options)],
  ['run', (options) => device.run(recipe, { mask }, options)],
  ['open', (options) => open({ device: 'wasm', ...options })],
  ['decode', (options) => decode(png, options)],
  ['encode', (options) => (encode as Any)(picture, options)],
  ['encodeApng', (options) => (encodeApng as Any)({ width: 1, height: 1, frames: [] }, options)],
];

it.each(stopped)('its signal ends %s', async (_, call) => {
  await expect(Promise.resolve().then(() => call({ signal }))).rejects.toBe(signal.reason);
});

it('messages speak of the call that was made, and of all it takes', async () => {
  const two = device.mask(new Uint8Array(8), [2, 2, 2]);
  await expect(two.toBlob()).rejects.toThrow('toBlob: batch must be 1 (take one with at(b)), got 2');
  await expect(two.toDataURL()).rejects.toThrow('toDataURL: batch must be 1 (take one with at(b)), got 2');
  await expect(two.toTensor({ layout: 'HW' })).rejects.toThrow(
    'toTensor: batch must be 1 for the layout HW (take one with at(b)), got 2',
  );
  await expect(two.toTensor({ into: new Float32Array(1) })).rejects.toThrow('toTensor: into must be a Float32Array');
  expect(() => on(device, 'solid')({ x: 1 })).toThrow('there is no parameter "x"; it takes value, width, height');
  await expect(on(image, 'colorMap')({ x: 1 })).rejects.toThrow('it takes minPixels, maxCount, signal');
  const short = 'difference: b must be a Uint8Array of 4, as a is, got Uint8Array(3)';
  expect(() => difference(new Uint8Array(4), new Uint8Array(3))).toThrow(short);
});

it('ImageData of another realm may have lost colour too', async () => {
  const far = { data: new Uint8ClampedArray(4), width: 1, height: 1, [Symbol.toStringTag]: 'ImageData' };
  expect((await device.load(far as unknown as ImageData)).lossy).toBe(true);
});

it('workflowOf takes the bytes of another realm', async () => {
  const prompt = JSON.stringify({ 1: { class_type: 'x', inputs: {} } });
  const file = await encode({ width: 1, height: 1, channels: 1, data: new Uint8Array(1) }, { text: { prompt } });
  const far = runInNewContext('Uint8Array.from(file)', { file: [...file] });
  expect((await workflowOf(far)).prompt).toEqual(JSON.parse(prompt));
});

it('an option that is undefined is one that is left out', async () => {
  const none = undefined;
  const opened = await open({
    device: 'wasm',
    gl: none,
    wasm: none,
    signal: none,
    limits: { memory: none, cache: none },
  });
  expect(opened.limits).toEqual(device.limits);
  opened.close();
  expect((await device.load(png, { signal: none, limits: { pixels: none } })).rgba.shape).toEqual([1, 1, 1, 4]);
  expect(device.solid({ value: none, width: 2, height: 1 }).shape).toEqual([1, 1, 2]);
  expect(await device.run(mask.recipe({ inputs: none }), { mask }, { signal: none })).toBeDefined();
  const levels = await mask.levels({ black: none, white: none }).bytes({ into: none, signal: none });
  expect(levels).toEqual(await mask.levels().bytes());
  expect(await mask.toPng({ bitDepth: none, polarity: none, text: none, level: none })).toEqual(await mask.toPng());
  expect(await mask.toCocoRle({ threshold: none, compressed: none })).toEqual(await mask.toCocoRle());
  expect(await mask.toTensor({ layout: none })).toEqual(await mask.toTensor());
  expect((await image.colorMap({ minPixels: 1, maxCount: none, signal: none })).counts).toEqual([4]);
  await runNode(device, 'InvertMask', { mask }, { compat: none, signal: none });
  const { registry, pack } = { registry: none, pack: none };
  expect(await objectInfo({ files: none, registry, pack })).toEqual(await objectInfo());
  const graph = { 1: { class_type: 'SolidMask', inputs: { width: 1, height: 1 } } };
  const all = { files: none, inputs: none, unsupported: none, only: none, compat: none, onProgress: none };
  expect((await runWorkflow(device, graph, all)).masks).toHaveLength(1);
  expect(await workflowRecipe(graph, { compat: none, output: none })).toEqual(await workflowRecipe(graph));
  expect((await decode(png, { format: none, limits: none, frames: none, room: none })).width).toBe(1);
  const input = { width: 1, height: 1, channels: 1, data: new Uint8Array(1), bitDepth: none } as const;
  expect(await encode(input, { level: none, text: none, deterministic: none, room: none })).toEqual(png);
});
