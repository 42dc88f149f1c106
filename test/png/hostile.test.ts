import { constants, createDeflate, deflateSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { decode } from '../../src/png/index.js';
import { chunk, file, idat, iend, ihdr, write } from './writer.js';

const one = idat([0, 7]);
const gray = ihdr(1, 1, 8, 0);
const copies = (n: number, bytes: Buffer): Buffer => Buffer.concat(new Array<Buffer>(n).fill(bytes));
const fctl = (sequence: number, width: number, height: number, x: number, y: number): Buffer => {
  const b = Buffer.alloc(26);
  [sequence, width, height, x, y].forEach((v, i) => b.writeUInt32BE(v >>> 0, i * 4));
  return chunk('fcTL', b);
};
const actl = (frames: number): Buffer => chunk('acTL', [0, 0, frames >> 8, frames & 255, 0, 0, 0, 0]);

let bomb: Buffer;
beforeAll(async () => {
  bomb = deflateSync(Buffer.alloc(2 ** 30), { level: 9 });
  await decode(file(gray, one, iend)); // the kernels are compiled before time counts
});

/** A stream that inflates to so many zeros, then goes on with what is no deflate, up to a length. */
const spoilt = (zeros: number, length: number): Buffer =>
  Buffer.concat([
    deflateSync(Buffer.alloc(zeros), { finishFlush: constants.Z_SYNC_FLUSH }),
    Buffer.alloc(length, 0xff),
  ]);

/** Runs under the promises: 200 ms and 64 MB. A busy machine may stop us for a moment, so the best of three counts. */
async function settle(
  bytes: Uint8Array,
  strict = false,
): Promise<{ code: string; message: string; ms: number; grown: number }> {
  let best = { code: '', message: '', ms: Infinity, grown: Infinity };
  for (let i = 0; i < 3; i++) {
    const before = process.memoryUsage().rss,
      start = performance.now();
    let code = 'decoded',
      message = '';
    try {
      await decode(bytes, { strict });
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error)) throw error;
      code = String(error.code);
      message = error.message;
    }
    const ms = performance.now() - start,
      grown = process.memoryUsage().rss - before;
    best = { code, message, ms: Math.min(best.ms, ms), grown: Math.min(best.grown, grown) };
    if (i === 0) best.grown = grown; // memory counts the first time: later runs find it grown already
  }
  return best;
}

const cases: [string, () => Uint8Array, RegExp][] = [
  ['30000 x 30000 in 69 bytes', () => file(ihdr(30000, 30000, 8, 6), one, iend), /^limit.*268402689.*900000000/],
  ['16000 x 16000 in 69 bytes', () => file(ihdr(16000, 16000, 8, 6), one, iend), /^png-corrupt.*at least \d+ bytes/],
  ['a width of 2^31-1', () => file(ihdr(2 ** 31 - 1, 1, 8, 6), one, iend), /^limit/],
  ['a width of 2^32-1', () => file(ihdr(2 ** 32 - 1, 1, 8, 6), one, iend), /^png-corrupt.*width/],
  ['a width of 0', () => file(ihdr(0, 1, 8, 6), one, iend), /^png-corrupt.*width/],
  ['1 x 1 that inflates to 1 GiB', () => file(gray, chunk('IDAT', bomb), iend), /^png-corrupt.*2 bytes inflated/],
  [
    'a chunk length of 2^31-1',
    () => file(gray, chunk('IDAT', [1, 2], 2 ** 31 - 1), iend),
    /^png-corrupt.*to fit the file/,
  ],
  [
    'a chunk length of 2^32-16',
    () => file(gray, chunk('IDAT', [1, 2], 2 ** 32 - 16), iend),
    /^png-corrupt.*chunk length/,
  ],
  ['200,000 empty chunks', () => file(gray, copies(200000, chunk('teSt')), one, iend), /^decoded/],
  ['200,000 empty IDAT chunks', () => file(gray, one, copies(200000, chunk('IDAT')), iend), /^decoded/],
  ['200,000 texts', () => file(gray, copies(200000, chunk('tEXt', Buffer.from('a\0b'))), one, iend), /^decoded/],
  ['200,000 bad tRNS chunks', () => file(gray, copies(200000, chunk('tRNS', [1])), one, iend), /^decoded/],
  ['a zTXt bomb', () => file(gray, chunk('zTXt', Buffer.concat([Buffer.from('k\0\0'), bomb])), one, iend), /^decoded/],
  [
    '900 zTXt bombs',
    () =>
      file(
        gray,
        copies(900, chunk('zTXt', Buffer.concat([Buffer.from('k\0\0'), deflateSync(Buffer.alloc(2 ** 20))]))),
        one,
        iend,
      ),
    /^decoded/,
  ],
  [
    'an iTXt bomb',
    () => file(gray, chunk('iTXt', Buffer.concat([Buffer.from('k\0\x01\0\0\0'), bomb])), one, iend),
    /^decoded/,
  ],
  ['an iCCP bomb', () => file(gray, chunk('iCCP', Buffer.concat([Buffer.from('k\0\0'), bomb])), one, iend), /^decoded/],
  ['a filter of 5', () => file(gray, idat([5, 7]), iend), /^png-corrupt.*filter of row 0/],
  [
    'a wrong Adler-32',
    () =>
      file(
        gray,
        chunk(
          'IDAT',
          deflateSync(Buffer.from([0, 7])).map((v, i, all) => (i === all.length - 1 ? v ^ 1 : v)),
        ),
        iend,
      ),
    /^png-corrupt.*Adler-32/,
  ],
  [
    'a wrong CRC in an unused chunk',
    () => {
      const c = chunk('teSt', [1]);
      c[8] = 2;
      return file(gray, c, one, iend);
    },
    /^png-corrupt.*CRC of chunk teSt/,
  ],
  [
    'a palette index out of range',
    () => file(ihdr(1, 1, 8, 3), chunk('PLTE', [1, 2, 3]), one, iend),
    /^png-corrupt.*palette index must be below 1, got 7/,
  ],
  ['no PLTE', () => file(ihdr(1, 1, 8, 3), one, iend), /^png-corrupt.*PLTE/],
  ['no IDAT', () => file(gray, iend), /^png-corrupt.*IDAT/],
  ['no IEND', () => file(gray, one), /^png-corrupt.*IEND/],
  ['too few rows', () => file(ihdr(1, 2, 8, 0), one, iend), /^png-corrupt.*4 bytes inflated, got 2/],
  ['one byte too many', () => file(gray, idat([0, 7, 0]), iend), /^png-corrupt.*2 bytes inflated/],
  [
    'IDAT in two places',
    () => file(gray, chunk('IDAT', [0x78]), chunk('teSt'), chunk('IDAT', [0x9c]), iend),
    /^png-corrupt.*one after another/,
  ],
  ['an unknown critical chunk', () => file(gray, chunk('TEST'), one, iend), /^png-unsupported.*TEST/],
  ['a chunk name with a digit', () => file(gray, chunk('te5t'), one, iend), /^png-corrupt.*four letters/],
  ['two IHDR', () => file(gray, gray, one, iend), /^png-corrupt.*IHDR/],
  [
    'an APNG frame larger than its canvas',
    () => file(gray, actl(2), fctl(0, 1, 1, 0, 0), one, fctl(1, 2, 1, 0, 0), iend),
    /^png-corrupt.*inside the canvas/,
  ],
  [
    'an APNG frame far outside its canvas',
    () => file(gray, actl(2), fctl(0, 1, 1, 0, 0), one, fctl(1, 1, 1, 2 ** 32 - 1, 0), iend),
    /^png-corrupt.*inside the canvas/,
  ],
  [
    'an APNG with fewer frames than it says',
    () => file(gray, actl(3), fctl(0, 1, 1, 0, 0), one, iend),
    /^png-corrupt.*3 as acTL says/,
  ],
  ['an APNG of 65,535 frames', () => file(gray, actl(65535), one, iend), /^limit.*4096/],
  [
    'half of 200 MB of zeros',
    () =>
      file(
        ihdr(7000, 7000, 8, 6),
        chunk('IDAT', deflateSync(Buffer.alloc(4e7)).subarray(0, 30000)),
        copies(1, chunk('teSt', Buffer.alloc(2e5))),
        iend,
      ),
    /^png-corrupt/,
  ],
  ...[0, 1].map((interlace): [string, () => Uint8Array, RegExp] => [
    `2 GB of pixels, ${interlace ? 'interlaced' : 'in rows'}, whose data is long enough and goes bad after 8 MB`,
    () => file(ihdr(16000, 16000, 16, 6, interlace), chunk('IDAT', spoilt(8e6, 2.1e6)), iend),
    /^png-corrupt.*a sound deflate stream/,
  ]),
  ['nothing', () => new Uint8Array(0), /^png-corrupt/],
  ['a JPEG', () => Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70]), /^png-corrupt.*a PNG.*ff d8/],
];

/** What libpng warns about and decodes: a strict reader refuses it with the words that are the warning of others. */
const doubtful = [
  '1 x 1 that inflates to 1 GiB',
  'a wrong CRC in an unused chunk',
  'a palette index out of range',
  'one byte too many',
  'an APNG frame larger than its canvas',
  'an APNG frame far outside its canvas',
  'an APNG with fewer frames than it says',
];

test.each(cases)('%s: settled within 200 ms and 64 MB', async (name, make, outcome) => {
  const bytes = make();
  const known = doubtful.includes(name);
  for (const strict of known ? [true, false] : [false]) {
    const { code, message, ms, grown } = await settle(bytes, strict);
    if (known && !strict) expect(code).toBe('decoded');
    else expect(`${code} ${message}`).toMatch(outcome);
    expect(ms).toBeLessThan(200);
    expect(grown).toBeLessThan(64 * 2 ** 20);
  }
  if (known)
    expect((await decode(bytes)).warnings.map((text) => `png-corrupt ${text}`)).toEqual([
      expect.stringMatching(outcome),
    ]);
});

test('a file cut at any byte is refused with a typed error', async () => {
  const whole = write({
    width: 9,
    height: 7,
    colorType: 3,
    depth: 4,
    interlaced: true,
    sample: (x, y) => (x * y) & 7,
    palette: Array.from({ length: 8 }, (_, i) => [i, i, i]),
    transparency: [0, 128],
    piece: 7,
  });
  await decode(whole);
  for (let n = 0; n < whole.length; n++) {
    await expect(decode(whole.subarray(0, n)), `${n} bytes`).rejects.toMatchObject({
      name: 'ChromaskError',
      code: 'png-corrupt',
    });
  }
});

test('a palette index out of range is found wherever it is', async () => {
  for (let place = 0; place < 45; place++) {
    const bytes = write({
      width: 45,
      height: 1,
      colorType: 3,
      depth: 8,
      sample: (x) => (x === place ? 7 : x % 7),
      palette: Array.from({ length: 7 }, (_, i) => [i, i, i]),
    });
    await expect(decode(bytes, { strict: true }), `at ${place}`).rejects.toThrow(
      'palette index must be below 7, got 7',
    );
  }
});

test('the pixel limit lets its own number pass and names both numbers beyond it', async () => {
  const bytes = write({ width: 5, height: 3, colorType: 0, depth: 8, sample: () => 1 });
  expect((await decode(bytes, { limits: { pixels: 15 } })).width).toBe(5);
  await expect(decode(bytes, { limits: { pixels: 14 } })).rejects.toMatchObject({
    code: 'limit',
    message: 'png: picture must be at most 14 pixels, got 15 (5 x 3)',
  });
});

test('the limits of frames and of text let their own numbers pass, and name both beyond them', async () => {
  const moving = file(
    gray,
    actl(2),
    fctl(0, 1, 1, 0, 0),
    one,
    fctl(1, 1, 1, 0, 0),
    chunk('fdAT', [0, 0, 0, 2, ...deflateSync(Buffer.from([0, 9]))]),
    iend,
  );
  expect((await decode(moving, { limits: { frames: 2, pixels: 2 } })).frames).toHaveLength(2);
  await expect(decode(moving, { limits: { frames: 1 } })).rejects.toMatchObject({
    code: 'limit',
    message: 'png: frames must be at most 1, got 2',
  });
  await expect(decode(moving, { limits: { pixels: 1 } })).rejects.toMatchObject({
    code: 'limit',
    message: 'png: frames must be at most 1 pixels together, got 2 (2 of 1 x 1)',
  });
  const packed = deflateSync(Buffer.from('0123456789'));
  const texts = [
    chunk('tEXt', Buffer.from('a\x0012345')),
    chunk('zTXt', Buffer.concat([Buffer.from('b\0\0'), packed])),
  ];
  const told = async (text: number) => {
    const picture = await decode(file(gray, ...texts, one, iend), { limits: { text } });
    return [picture.text.map((entry) => entry.text).join(), picture.warnings.join()];
  };
  expect(await told(15)).toEqual(['12345,0123456789', '']);
  expect(await told(14)).toEqual(['12345', 'zTXt: png: text must be at most 9 bytes inflated, got more']);
  expect(await told(4)).toEqual(['', 'tEXt: text must fit what is left of its limit, 4 bytes']);
});

test('what the data cannot inflate to is refused by the header alone, to the byte', async () => {
  // deflate makes at most 1032 bytes of one; these 100 bytes are no stream at all, which only shows when they are read
  const attempt = (rows: number) => decode(file(ihdr(1, rows, 8, 0), chunk('IDAT', Buffer.alloc(100)), iend));
  await expect(attempt((100 * 1032) / 2)).rejects.toThrow(/a zlib stream/);
  await expect(attempt((100 * 1032) / 2 + 1)).rejects.toThrow(
    'png: image data must be at least 101 bytes for 1 x 51601 pixels, got 100',
  );
});

test('260 million pixels in half a megabyte are a sound picture, and stop when told', async () => {
  const rows = 260_000_000;
  const parts: Buffer[] = [];
  const stream = createDeflate({ level: 9 });
  stream.on('data', (part: Buffer) => parts.push(part));
  const zeros = Buffer.alloc(2 ** 20);
  for (let left = rows * 2; left > 0; left -= zeros.length) {
    const more = stream.write(zeros.subarray(0, Math.min(left, zeros.length)));
    if (!more) await new Promise((resolve) => stream.once('drain', resolve));
  }
  await new Promise<void>((resolve) => stream.end(resolve));
  await new Promise((resolve) => setTimeout(resolve));
  const tall = file(ihdr(1, rows, 1, 0), chunk('IDAT', Buffer.concat(parts)), iend);
  const abort = new AbortController(),
    reason = new Error('enough');
  const before = process.memoryUsage().rss;
  setTimeout(() => abort.abort(reason));
  await expect(decode(tall, { signal: abort.signal })).rejects.toBe(reason);
  // what was not inflated yet took no memory
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
  await expect(decode(tall, { limits: { pixels: 10_000_000 } })).rejects.toMatchObject({ code: 'limit' });
});

test('what libpng only warns about is decoded, with a warning', async () => {
  for (const part of [chunk('tRNS', [1]), chunk('PLTE', [1, 2, 3]), fctl(0, 9, 9, 9, 9)]) {
    const picture = await decode(file(gray, part, one, iend));
    expect(picture.data).toEqual(Uint8Array.of(7));
    expect(picture.warnings).toHaveLength(1);
  }
  expect((await decode(file(gray, one, iend, Buffer.from('and more')))).data).toEqual(Uint8Array.of(7));
});

test('a block of type 3, and a stored block whose length denies itself, are named', async () => {
  const zlib = (...blocks: number[]): Buffer => chunk('IDAT', [0x78, 0x01, ...blocks, 0, 0, 0, 0]);
  const message = (data: Buffer) => decode(file(gray, data, iend)).catch(({ message }: Error) => message);
  expect(await message(zlib(0b111))).toContain('a block of type 3');
  expect(await message(zlib(0b001, 2, 0, 2, 0, 0, 7))).toContain('a stored block with a wrong length');
});
