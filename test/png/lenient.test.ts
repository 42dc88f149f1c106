// Files with faults that no pixel depends on. libpng decodes them with a warning and browsers show them, so chromask
// does too, and `strict` refuses them. The expected pixels are those of the same file without the fault.
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decode, readText } from '../../src/png/index.js';
import { chunk, file, idat, iend, ihdr } from './writer.js';

const gray = ihdr(2, 1, 8, 0);
const rows = [0, 7, 9];
const one = idat(rows);
const stream = deflateSync(Uint8Array.from(rows));
const [half, rest] = [stream.subarray(0, 5), stream.subarray(5)];
const four = (...numbers: number[]): Buffer => {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((v, i) => bytes.writeUInt32BE(v, i * 4));
  return bytes;
};
const fctl = (sequence: number, width = 2): Buffer =>
  chunk('fcTL', Buffer.concat([four(sequence, width, 1, 0, 0), Buffer.from([0, 1, 0, 10, 0, 0])]));
const actl = (frames: number): Buffer => chunk('acTL', four(frames, 0));
const fdat = (sequence: number, data: Uint8Array = stream): Buffer =>
  chunk('fdAT', Buffer.concat([four(sequence), data]));
/** With the last byte of its CRC changed. */
const damaged = (part: Buffer): Buffer => {
  const bytes = Buffer.from(part);
  bytes[bytes.length - 1] ^= 1;
  return bytes;
};
const text = chunk('tEXt', Buffer.from('prompt\0{"1":{}}'));

const faults: [string, Uint8Array, RegExp][] = [
  ['a wrong CRC of a chunk that is not known', file(gray, damaged(chunk('teSt', [1])), one, iend), /CRC of chunk teSt/],
  [
    'a wrong CRC of transparency, which is left out',
    file(gray, damaged(chunk('tRNS', [0, 7])), one, iend),
    /CRC of chunk tRNS/,
  ],
  ['a wrong CRC of EXIF, which is left out', file(gray, damaged(chunk('eXIf', [1])), one, iend), /CRC of chunk eXIf/],
  ['a wrong CRC behind the picture', file(gray, one, damaged(chunk('tIME', [1])), iend), /CRC of chunk tIME/],
  ['data after the last row', file(gray, idat([...rows, 0, 1]), iend), /3 bytes inflated, got more/],
  ['a row more', file(gray, idat([...rows, ...rows]), iend), /3 bytes inflated, got more/],
  ['an empty IDAT that comes late', file(gray, one, chunk('teSt'), chunk('IDAT'), iend), /IDAT after teSt/],
  [
    'an IDAT that comes late',
    file(gray, one, chunk('teSt'), chunk('IDAT', rest), chunk('IDAT', rest), iend),
    /IDAT after teSt/,
  ],
  ['the end of an animation missing', file(gray, actl(2), fctl(0), one, iend), /2 as acTL says, got 1/],
  [
    'an animation with a gap',
    file(gray, actl(2), fctl(0), one, fctl(2), fdat(3), iend),
    /sequence number must be 1, got 2/,
  ],
  ['a frame outside the picture', file(gray, actl(2), fctl(0), one, fctl(1, 3), fdat(2), iend), /inside the canvas/],
  ['a frame without data', file(gray, actl(2), fctl(0), one, fctl(1), iend), /frame 1 must be followed by its data/],
  ['a frame cut short', file(gray, actl(2), fctl(0), one, fctl(1), fdat(2, half), iend), /image data/],
  ['a damaged fcTL', file(gray, actl(1), damaged(fctl(0)), one, iend), /CRC of chunk fcTL/],
  ['no frames', file(gray, actl(0), one, iend), /frame count must be from 1 to 2147483647, got 0/],
  [
    'more frames than a file can say',
    file(gray, actl(2 ** 31), fctl(0), one, iend),
    /frame count must be from 1 to 2147483647, got 2147483648/,
  ],
  ['two acTL', file(gray, actl(1), actl(1), fctl(0), one, iend), /acTL must be there once/],
];

test.each(faults)('%s is a warning, and the picture is given', async (_name, bytes, warning) => {
  const { data, frames, plays, source, warnings } = await decode(bytes);
  expect([[...data], frames, plays, source.animated, source.alpha]).toEqual([[7, 9], [], 0, false, false]);
  expect(warnings).toEqual([expect.stringMatching(warning)]);
  await expect(decode(bytes, { strict: true })).rejects.toMatchObject({ code: 'png-corrupt', message: warnings[0] });
});

test('an IDAT that comes late is missed where the first ones are not whole', async () => {
  const bytes = file(gray, chunk('IDAT', half), chunk('teSt'), chunk('IDAT', rest), iend);
  await expect(decode(bytes)).rejects.toThrow('png: IDAT chunks must be one after another, got IDAT after teSt');
});

test('a second PLTE is a warning behind the pixels and refused before them', async () => {
  const [first, second] = [chunk('PLTE', [1, 2, 3]), chunk('PLTE', [4, 5, 6])];
  const indexed = (...parts: Buffer[]): Uint8Array => file(ihdr(1, 1, 8, 3), first, ...parts, iend);
  const { data, warnings } = await decode(indexed(idat([0, 0]), second));
  expect([[...data], warnings]).toEqual([[1, 2, 3], ['png: PLTE must be there once, got twice']]);
  await expect(decode(indexed(second, idat([0, 0])))).rejects.toThrow('PLTE must be there once');
  await expect(decode(indexed(idat([0, 0]), second), { strict: true })).rejects.toThrow('PLTE must be there once');
});

test('a palette or transparency that comes late is a warning, and left out', async () => {
  const pixel = (...parts: Buffer[]): Uint8Array => file(ihdr(1, 1, 8, 2), idat([0, 5, 6, 7]), ...parts, iend);
  for (const [name, late] of Object.entries({ PLTE: [5, 6, 7], tRNS: [0, 5, 0, 6, 0, 7] })) {
    const { data, source, warnings } = await decode(pixel(chunk(name, late)));
    expect([[...data], source.alpha, warnings]).toEqual([
      [5, 6, 7],
      false,
      [`png: ${name} must be before IDAT, got it behind`],
    ]);
    const strict = decode(pixel(chunk(name, late)), { strict: true });
    await expect(strict).rejects.toMatchObject({ code: 'png-corrupt', message: warnings[0] });
  }
});

test('a colour beyond the palette is black and opaque, with any tRNS, and said once', async () => {
  const parts = [ihdr(600, 1, 8, 3), chunk('PLTE', [1, 2, 3]), chunk('tRNS', [9])];
  const bytes = file(...parts, idat([0, ...Array.from({ length: 600 }, (_, i) => (i < 2 ? i * 200 : 0))]), iend);
  const { data, warnings } = await decode(bytes, { format: 'rgba8' });
  expect([...data.subarray(0, 12)]).toEqual([1, 2, 3, 9, 0, 0, 0, 255, 1, 2, 3, 9]);
  expect(warnings).toEqual(['png: palette index must be below 1, got 200']);
});

test('a wrong CRC of what pixels depend on refuses the file', async () => {
  for (const parts of [
    [damaged(gray), one, iend],
    [gray, damaged(one), iend],
    [gray, one, damaged(iend)],
    [gray, damaged(chunk('teST'.toUpperCase(), [1])), one, iend],
  ])
    await expect(decode(file(...parts))).rejects.toThrow('CRC of chunk');
  const palette = [ihdr(1, 1, 8, 3), damaged(chunk('PLTE', [1, 2, 3])), idat([0, 0]), iend];
  await expect(decode(file(...palette))).rejects.toThrow('CRC of chunk PLTE');
});

test('text is read with any CRC, with a warning, because people edit it', async () => {
  const packed = chunk('zTXt', Buffer.concat([Buffer.from('a\0\0'), deflateSync(Buffer.from('b'))]));
  const more = chunk('iTXt', Buffer.from('c\0\0\0\0\0d'));
  const bytes = file(gray, damaged(text), damaged(packed), one, damaged(more), iend);
  const { text: entries, warnings } = await decode(bytes);
  const found = entries.map(({ keyword, text }) => [keyword, text]);
  expect(found).toEqual([
    ['prompt', '{"1":{}}'],
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(warnings.map((one) => one.slice(0, 22))).toEqual(
    ['tEXt', 'zTXt', 'iTXt'].map((name) => `png: CRC of chunk ${name}`),
  );
  expect(await readText(bytes)).toEqual(entries);
  await expect(readText(bytes, { strict: true })).rejects.toThrow('CRC of chunk tEXt');
});

test('strict must be true or false', async () => {
  await expect(decode(file(gray, one, iend), { strict: 1 as never })).rejects.toThrow(
    'decode: strict must be true or false, got 1',
  );
});
