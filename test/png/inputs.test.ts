// Invalid inputs of chromask/png: a ChromaskError that names the input, before anything happens.
import { runInNewContext } from 'node:vm';
import type { ChromaskError } from 'chromask';
import { expect, test } from 'vitest';
import { decode, encode, encodeApng, inspect, readText } from '../../src/png/index.js';

type Any = (...args: unknown[]) => unknown;
const one = { width: 1, height: 1, channels: 1, data: new Uint8Array(1) } as const;
const frame = { data: new Uint8Array(4), delay: 1 };
const film = { width: 1, height: 1, frames: [frame] };

const refused = async (call: () => unknown): Promise<string> => {
  const error = await Promise.resolve()
    .then(call)
    .catch((cause: unknown) => cause);
  expect(error).toMatchObject({ name: 'ChromaskError' });
  return (error as ChromaskError).message;
};

test.each([
  [[{ text: 'x' }], /text keyword must be .*, got undefined/],
  [[null], /text must be .*, got null/],
  [[{ keyword: 'a', text: 'b', translated: 5 }], /translated keyword of a must be .*, got 5/],
  [[{ keyword: 'a', text: 'b', language: 5 }], /language of a must be .*, got 5/],
  ['words', /text must be an object or a list of objects, got "words"/],
  [new Map([['a', 'b']]), /text must be .*, got a Map/],
  [5, /text must be .*, got 5/],
  [null, /text must be .*, got null/],
  [{ a: 5 }, /text a must be a string without NUL, got 5/],
])('invalid text is refused: %j', async (text, message) => {
  expect(await refused(() => (encode as Any)(one, { text }))).toMatch(message);
  expect(await refused(() => (encodeApng as Any)(film, { text }))).toMatch(message);
});

test.each([
  [[null], /picture must be/],
  [[{ width: 1, height: 1 }], /frames must be at least 1, got undefined/],
  [[{ ...film, frames: [null] }], /frame must be an object, got null/],
  [[{ ...film, frames: [{ ...frame, delay: '1' }] }], /delay must be an integer from 0 to 65535, got "1"/],
  [[film, null], /options must be/],
  [[film, { level: 'smallest' }], /level must be fast or small, got "smallest"/],
  [[film, { signal: {} }], /signal must be an AbortSignal, got an object/],
  [[film, { plays: -1 }], /plays must be an integer from 0 to 2147483647, got -1/],
  [[film, { loops: 1 }], /there is no parameter "loops"/],
])('an animation that cannot be written is refused: %#', async (args, message) => {
  expect(await refused(() => (encodeApng as Any)(...args))).toMatch(message);
});

function fail(): never {
  throw new RangeError('Array buffer allocation failed');
}

test('no memory for an animation is an error of the library', async () => {
  const room = new Proxy({}, { get: fail });
  expect(await refused(() => (encodeApng as Any)(film, { room }))).toMatch(/no memory/);
});

test.each([undefined, null, 5, 'png', {}, new Uint16Array(8), [137, 80]])('%j are no bytes', async (bytes) => {
  for (const call of [inspect, decode, readText] as Any[]) {
    expect(await refused(() => call(bytes))).toMatch(/bytes must be a Uint8Array or an ArrayBuffer, got/);
  }
});

test('bytes of another realm are read', async () => {
  const file = await encode(one, { text: { a: 'b' } });
  const far = runInNewContext('Uint8Array.from(file)', { file: [...file] });
  expect(far instanceof Uint8Array).toBe(false);
  expect(inspect(far).width).toBe(1);
  expect((await decode(far.buffer)).text).toMatchObject([{ keyword: 'a', text: 'b' }]);
  expect((await decode(far)).width).toBe(1);
});

test('names that are not known are refused', async () => {
  const file = await encode(one);
  expect(await refused(() => (decode as Any)(file, { limits: { pixel: 1 } }))).toMatch(
    'decode: there is no parameter "pixel"; it takes pixels, text, frames',
  );
  expect(await refused(() => (decode as Any)(file, { formt: 'rgba8' }))).toMatch('no parameter "formt"');
  expect(await refused(() => (encode as Any)(one, { levl: 'small' }))).toMatch('no parameter "levl"');
});

test('what is not a file is refused by its kind, on every way in', async () => {
  for (const call of [inspect, decode, readText] as Any[]) {
    expect(await refused(() => call(Uint8Array.of(60, 104)))).toMatch(/^png: file must be a PNG .*, got 3c 68$/);
  }
});
