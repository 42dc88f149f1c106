// Colour profiles: they are reported, change no number, and stay with pictures made from the file. The profiles are
// sharp's and LittleCMS's; names and bytes are what sharp and Pillow read from the same files.
import { deflateSync } from 'node:zlib';
import { open } from 'chromask';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { noise } from './noise.js';
import { chunk, file, idat, iend, ihdr } from './png/writer.js';

const device = await open({ device: 'wasm' });
const [width, height] = [8, 6];
const pixels = noise(width * height * 3, 3);
const plain = () => sharp(pixels, { raw: { width, height, channels: 3 } });
const formats = ['png', 'jpeg', 'webp', 'avif'] as const;

const head = ihdr(1, 1, 8, 2);
const dot = idat([0, 10, 20, 30]);
const png = (...chunks: Buffer[]) => file(head, ...chunks, dot, iend);
const iccp = (bytes: Uint8Array, name = 'x') =>
  chunk('iCCP', Buffer.concat([Buffer.from(`${name}\0\0`), deflateSync(bytes)]));
const said = async (bytes: Uint8Array, strict = false) => {
  const { profile, warnings, image } = await device.load(bytes, { strict });
  return { profile: profile && [profile.kind, profile.name, profile.space], warnings, of: [...(await image.bytes())] };
};

let p3: Buffer;
beforeAll(async () => {
  const { icc } = await sharp(await plain().withIccProfile('p3').png().toBuffer()).metadata();
  if (!icc) throw new Error('sharp wrote no profile');
  p3 = icc;
});

describe('a file with a profile', () => {
  it.each(formats)('%s: says so, and its numbers are those without', async (format) => {
    const bytes = await plain().withIccProfile('p3')[format]().toBuffer();
    const { profile, warnings, image } = await device.load(bytes);
    // the name as Pillow's ImageCms reads it
    expect(profile).toEqual({ kind: 'icc', name: 'sP3C', space: 'display-p3', bytes: new Uint8Array(p3) });
    expect(warnings).toEqual(['profile: colours are those of sP3C, not of sRGB; masks are made of the stored bytes']);
    const stored = await sharp(bytes, { ignoreIcc: true }).raw().toBuffer();
    expect(Buffer.from(await image.bytes())).toEqual(stored);
  });

  it.each(formats)('%s: one of sRGB is no warning', async (format) => {
    const { profile, warnings } = await device.load(await plain().withIccProfile('srgb')[format]().toBuffer());
    expect([profile?.name, profile?.space, warnings]).toEqual(['sRGB', 'srgb', []]);
  });

  it('without one has none', async () => {
    const made = await Promise.all(formats.map(async (format) => said(await plain()[format]().toBuffer())));
    for (const { profile, warnings } of made) expect([profile?.[2] ?? 'srgb', warnings]).toEqual(['srgb', []]);
    const { profile } = await device.load({ data: new Uint8Array(4), width: 1, height: 1, channels: 4 });
    expect(profile).toBeUndefined();
  });

  it('of LittleCMS is known by its formula and by its name of version 4', async () => {
    // Pillow 9.4: ImageCms.createProfile('sRGB')
    const littleCms = Buffer.from(
      'AAACTGxjbXMEQAAAbW50clJHQiBYWVogB+oACwAcAA8AKQApYWNzcEFQUEwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAPbWAAEAAAAA0y1sY21zAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAALZGVzYwAAAQgAAAA2Y3BydAAAAUAAAABMd3RwdAAAAYwAAAAUY2hhZAAAAaAAAAAsclhZWgAAAcwAAAAUYlhZWgAAAeAAAAAUZ1hZWgAAAfQAAAAUclRSQwAAAggAAAAgZ1RSQwAAAggAAAAgYlRSQwAAAggAAAAgY2hybQAAAigAAAAkbWx1YwAAAAAAAAABAAAADGVuVVMAAAAaAAAAHABzAFIARwBCACAAYgB1AGkAbAB0AC0AaQBuAABtbHVjAAAAAAAAAAEAAAAMZW5VUwAAADAAAAAcAE4AbwAgAGMAbwBwAHkAcgBpAGcAaAB0ACwAIAB1AHMAZQAgAGYAcgBlAGUAbAB5WFlaIAAAAAAAAPbWAAEAAAAA0y1zZjMyAAAAAAABDEIAAAXe///zJQAAB5MAAP2Q///7of///aIAAAPcAADAblhZWiAAAAAAAABvoAAAOPUAAAOQWFlaIAAAAAAAACSfAAAPhAAAtsNYWVogAAAAAAAAYpcAALeHAAAY2XBhcmEAAAAAAAMAAAACZmYAAPKnAAANWQAAE9AAAApbY2hybQAAAAAAAwAAAACj1wAAVHsAAEzNAACZmgAAJmYAAA9c',
      'base64',
    );
    expect(await said(png(iccp(littleCms)))).toEqual({
      profile: ['icc', 'sRGB built-in', 'srgb'],
      warnings: [],
      of: [10, 20, 30],
    });
  });

  it('says what its code points mean, and they count before an ICC profile', async () => {
    const points = (...four: number[]) => png(chunk('cICP', four), iccp(p3));
    expect((await said(points(12, 13, 0, 1))).profile).toEqual(['cicp', 'Display P3', 'display-p3']);
    expect((await said(points(1, 13, 0, 1))).profile).toEqual(['cicp', 'sRGB', 'srgb']);
    expect((await said(points(9, 16, 0, 1))).profile).toEqual(['cicp', 'BT.2020, PQ', 'other']);
    expect((await said(points(1, 13, 0, 0))).profile).toEqual(['cicp', 'BT.709, sRGB, narrow range', 'other']);
    expect((await said(points(77, 99, 0, 1))).profile).toEqual(['cicp', 'primaries 77, transfer 99', 'other']);
  });

  it('a JPEG has it in several parts, in any order', async () => {
    const jpeg = await plain().withIccProfile('p3').jpeg().toBuffer();
    const at = jpeg.indexOf('ICC_PROFILE') - 4;
    const length = jpeg.readUInt16BE(at + 2);
    const part = (number: number, data: Buffer): Buffer => {
      const lead = Buffer.from(`\xff\xe2\0\0ICC_PROFILE\0${String.fromCharCode(number)}\x02`, 'latin1');
      lead.writeUInt16BE(lead.length - 2 + data.length, 2);
      return Buffer.concat([lead, data]);
    };
    const parts = [part(2, p3.subarray(200)), part(1, p3.subarray(0, 200))];
    const rest = [jpeg.subarray(0, at), jpeg.subarray(at + 2 + length)];
    const { profile } = await device.load(Buffer.concat([rest[0], ...parts, rest[1]]));
    expect(Buffer.from(profile?.bytes ?? [])).toEqual(p3);
    const half = await device.load(Buffer.concat([rest[0], parts[0], rest[1]]));
    expect([half.profile, half.warnings]).toEqual([
      undefined,
      ['profile: must be in parts 1 to 2, each there once, got none of number 1'],
    ]);
  });
});

describe('a profile stays with its picture', () => {
  const iccOf = async (bytes: Uint8Array) => (await sharp(bytes).metadata()).icc;
  const load = async (format: (typeof formats)[number]) =>
    device.load(await plain().withIccProfile('p3')[format]().toBuffer());

  it.each(formats)('%s: a cut-out is written with it', async (format) => {
    const { image } = await load(format);
    for (const level of ['fast', 'small', 'smallest'] as const) {
      const cut = await image.withAlpha(image.channel('red')).toPng({ level });
      expect(await iccOf(cut)).toEqual(p3);
      expect((await device.load(cut)).profile?.space).toBe('display-p3');
    }
    expect(
      await iccOf(new Uint8Array(await (await image.crop({ width: 4, height: 4 }).toBlob()).arrayBuffer())),
    ).toEqual(p3);
  });

  it('masks have none', async () => {
    const { image, mask } = await load('png');
    expect(await iccOf(await image.channel('red').toPng())).toBeUndefined();
    expect(await iccOf(await mask.toGray().toPng())).toBeUndefined();
  });

  it('of joined pictures each keeps its own; laid over one another, that below counts', async () => {
    const { image: colourful } = await load('png');
    const { image: usual } = await device.load(await plain().png().toBuffer());
    const { ImageBatch } = await import('chromask');
    const both = ImageBatch.cat([colourful, usual]);
    expect(await iccOf(await both.at(0).flip().toPng())).toEqual(p3);
    expect(await iccOf(await both.at(1).flip().toPng())).toBeUndefined();
    expect(await iccOf(await usual.composite(colourful).toPng())).toBeUndefined();
    expect(await iccOf(await colourful.composite(usual).toPng())).toEqual(p3);
  });

  it('a gray picture is written with colours at every level, for its profile is for colours', async () => {
    const { image } = await device.load(file(head, iccp(p3), idat([0, 9, 9, 9]), iend));
    for (const level of ['fast', 'small', 'smallest'] as const) {
      const written = await image.toPng({ level });
      expect([written[25] & 2, await iccOf(written)]).toEqual([2, p3]);
    }
  });

  it('code points are written again, and a profile for CMYK is not', async () => {
    const { image } = await device.load(png(chunk('cICP', [12, 13, 0, 1])));
    const written = Buffer.from(await image.toPng());
    expect(written.subarray(33, 49)).toEqual(chunk('cICP', [12, 13, 0, 1]));
    const { image: converted, profile } = await device.load(await plain().withIccProfile('cmyk').jpeg().toBuffer());
    expect([profile?.name, profile?.space]).toEqual(['Chemical proof', 'other']);
    expect(await iccOf(await converted.toPng())).toBeUndefined();
  });
});

describe('a profile that is wrong', () => {
  const without = { profile: undefined, of: [10, 20, 30] };
  it('is a warning, and the picture comes all the same', async () => {
    const long = Buffer.from(p3);
    long.writeUInt32BE(4_000_000_000, 0);
    const astray = Buffer.from(p3);
    astray.writeUInt32BE(4_000_000_000, 136);
    const cases: [Buffer, string][] = [
      [iccp(Buffer.alloc(0)), 'profile: must be an ICC profile, got 0 bytes that are none'],
      [iccp(p3.subarray(0, 100)), 'profile: must be an ICC profile, got 100 bytes that are none'],
      [iccp(p3.subarray(0, 300)), 'profile: must be an ICC profile, got 300 bytes that are none'],
      [iccp(long), 'profile: must be an ICC profile, got 480 bytes that are none'],
      [iccp(astray), 'profile: must be an ICC profile, got 480 bytes that are none'],
      [
        chunk('iCCP', Buffer.from('x\0\x01abc')),
        'profile: must be led by a name and compressed by method 0, got 6 bytes that are not',
      ],
      [
        chunk('iCCP', Buffer.from('x\0\0abc')),
        'png: the colour profile must be a zlib stream without dictionary, got header 61 62',
      ],
      [chunk('cICP', [1, 2]), 'profile: must be four code points, got 2 bytes'],
      [chunk('cICP', [1, 13, 9, 1]), 'profile: must be RGB, got the matrix 9 and range 1'],
    ];
    for (const [part, warning] of cases) {
      expect(await said(png(part))).toEqual({ ...without, warnings: [warning] });
      await expect(device.load(png(part), { strict: true })).rejects.toThrow(warning);
    }
  });

  it('of a wrong sum is named once', async () => {
    const damaged = iccp(p3);
    damaged[damaged.length - 1] ^= 1;
    const { warnings, profile } = await device.load(png(damaged));
    expect([profile, warnings]).toEqual([undefined, [expect.stringMatching(/^png: CRC of chunk iCCP must be/)]]);
  });

  it('that inflates without end is read up to its limit, in memory that is given back', async () => {
    const bomb = png(chunk('iCCP', Buffer.concat([Buffer.from('x\0\0'), deflateSync(Buffer.alloc(200 << 20))])));
    const before = process.memoryUsage().arrayBuffers;
    expect(await said(bomb)).toEqual({
      ...without,
      warnings: ['png: the colour profile must be at most 8388608 bytes inflated, got more'],
    });
    expect(device.stats().pages * 65536).toBeLessThan(64 << 20);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 << 20);
  });

  it('cut anywhere, a file never fails for its profile', async () => {
    const jpeg = await plain().withIccProfile('p3').jpeg().toBuffer();
    const webp = await plain().withIccProfile('p3').webp().toBuffer();
    const avif = await plain().withIccProfile('p3').avif().toBuffer();
    const { readProfile } = await import('../src/sources/profile.js');
    const { hasProfile } = await import('../src/sources/hasProfile.js');
    const none = async (): Promise<never> => {
      throw new Error('only a PNG needs room');
    };
    for (const [format, whole] of Object.entries({ jpeg, webp, avif })) {
      const step = Math.ceil(whole.length / 400);
      for (let length = 0; length < whole.length; length += step) {
        const cut = new Uint8Array(whole.subarray(0, length));
        const kind = format as 'jpeg' | 'webp' | 'avif';
        if (hasProfile(cut, kind)) await readProfile(cut, kind, none, false);
        const other = new Uint8Array(whole);
        other[length] ^= 0xff;
        if (hasProfile(other, kind)) await readProfile(other, kind, none, false);
      }
    }
  });
});
