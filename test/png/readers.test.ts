// Files by chromask's writer, in every form and at every level, read by pngjs, upng-js, libspng (in sharp), libpng
// (in Pillow) and pngcheck. Sixteen bits are compared in full if the reader gives them, else by their high byte.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import sharp from 'sharp';
import UPNG from 'upng-js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decode, encode, type Level } from '../../src/png/index.js';
import { inputs, wanted } from './pictures.js';

const levels: Level[] = ['fast', 'small', 'smallest'];
const text = { workflow: '{"name":"žluťoučký"}', note: 'plain' };

interface Written {
  name: string;
  file: Uint8Array<ArrayBuffer>;
  /** 16-bit RGBA. */
  want: Uint16Array;
  high: Uint8Array;
  /** From the header of the file, which `smallest` may choose. */
  form: { depth: number; colorType: number };
}

const written: Written[] = [];
const folder = mkdtempSync(join(tmpdir(), 'chromask-readers-'));
beforeAll(async () => {
  for (const [name, input] of inputs()) {
    const want = wanted(input),
      high = Uint8Array.from(want, (v) => v >> 8);
    for (const level of levels) {
      const file = await encode(input, { level, text });
      const form = { depth: file[24] ?? 0, colorType: file[25] ?? 0 };
      written.push({ name: `${name}, ${level}`, file, want, high, form });
    }
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const same = (got: Uint8Array | Uint16Array, want: Uint8Array | Uint16Array): boolean =>
  got.length === want.length && got.every((value, i) => value === want[i]);

/** Names of the files that a reader saw differently: at most a few, which is enough to look into. */
async function differing(see: (one: Written) => boolean | Promise<boolean>): Promise<string[]> {
  const names: string[] = [];
  for (const one of written) if (!(await see(one)) && names.push(one.name) > 5) break;
  return names;
}

test('all thirteen forms are among the files: gray of 1, 8 and 16 bits, with and without alpha, colour, palettes', () => {
  const forms = new Set(written.map(({ form }) => `${form.colorType}/${form.depth}`));
  const all = ['0/1', '0/8', '0/16', '2/8', '2/16', '3/1', '3/2', '3/4', '3/8', '4/8', '4/16', '6/8', '6/16'];
  expect([...forms].sort()).toEqual(all.sort());
});

test('our own reader gives what was written, in every format', async () => {
  expect(
    await differing(async ({ file, want, high }) => {
      const [deep, flat] = [await decode(file, { format: 'rgba16' }), await decode(file, { format: 'rgba8' })];
      return same(deep.data, want) && same(flat.data, high) && deep.warnings.length === 0;
    }),
  ).toEqual([]);
});

test('pngjs reads the same pixels, all sixteen bits of them', async () => {
  expect(
    await differing(({ file, want, high, form }) => {
      const options = { skipRescale: form.depth === 16 }; // else it rounds sixteen bits to eight
      const { data } = PNG.sync.read(Buffer.from(file), options as object);
      return form.depth === 16 ? same(data as Uint8Array | Uint16Array, want) : same(data, high);
    }),
  ).toEqual([]);
});

/** upng-js runs the bits of 1-bit gray on from row to row where a row ends within a byte, so its rows are taken as they are. */
function grayBits({ width, height, data }: { width: number; height: number; data: ArrayBuffer }): Uint8Array {
  const rows = new Uint8Array(data),
    stride = Math.ceil(width / 8);
  return Uint8Array.from({ length: width * height * 4 }, (_, i) => {
    const [x, y] = [(i >> 2) % width, Math.floor((i >> 2) / width)];
    return (i & 3) === 3 || (rows[y * stride + (x >> 3)] >> (7 - (x & 7))) & 1 ? 255 : 0;
  });
}

test('upng-js reads the same pixels, and the high byte of sixteen bits', async () => {
  expect(
    await differing(({ file, high, form }) => {
      const picture = UPNG.decode(file.buffer);
      if (form.colorType === 0 && form.depth === 1) return same(grayBits(picture), high);
      const [shown] = UPNG.toRGBA8(picture);
      return shown !== undefined && same(new Uint8Array(shown), high);
    }),
  ).toEqual([]);
});

test('libspng, in sharp, reads the same pixels, all sixteen bits of them', async () => {
  expect(
    await differing(async ({ file, want, high, form }) => {
      const deep = form.depth === 16;
      const picture = sharp(file)
        .toColourspace(deep ? 'rgb16' : 'srgb')
        .ensureAlpha();
      const { buffer, byteOffset, length } = await picture.raw({ depth: deep ? 'ushort' : 'uchar' }).toBuffer();
      const bytes = new Uint8Array(buffer, byteOffset, length);
      return deep ? same(new Uint16Array(bytes.slice().buffer), want) : same(bytes, high);
    }),
  ).toEqual([]);
});

const python = '/usr/bin/python3';
const hasPillow = ((): boolean => {
  try {
    execFileSync(python, ['-c', 'import PIL, numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    console.log('left out: reading back with Pillow, since it is not installed');
    return false;
  }
})();
const hasPngcheck = existsSync('/usr/bin/pngcheck');
if (!hasPngcheck) console.log('left out: pngcheck, since it is not installed');

/** Pillow gives sixteen bits of gray whole, and the high byte of everything else. */
const script = `
import sys, numpy as np
from PIL import Image
for i in range(int(sys.argv[2])):
    p = '%s/%d.png' % (sys.argv[1], i)
    im = Image.open(p); im.load()
    assert im.text == {'workflow': '{"name":"\\u017elu\\u0165ou\\u010dk\\u00fd"}', 'note': 'plain'}, im.text
    want = np.fromfile(p + '.raw', '<u2').reshape(im.size[1], im.size[0], 4)
    if im.mode[0] == 'I':
        got, want = np.asarray(im), want[..., 0]
    else:
        got, want = np.asarray(im.convert('RGBA')), want >> 8
    assert (got == want).all(), (p, im.mode)
print('same')`;

test.skipIf(!hasPillow)('libpng, in Pillow, reads the same pixels and the text', () => {
  written.forEach(({ file, want }, i) => {
    writeFileSync(join(folder, `${i}.png`), file);
    writeFileSync(join(folder, `${i}.png.raw`), want);
  });
  expect(execFileSync(python, ['-c', script, folder, String(written.length)], { encoding: 'utf8' }).trim()).toBe(
    'same',
  );
});

test.skipIf(!hasPngcheck)('pngcheck finds nothing to say', () => {
  const names = written.map(({ file }, i) => {
    const path = join(folder, `c${i}.png`);
    writeFileSync(path, file);
    return path;
  });
  for (let i = 0; i < names.length; i += 500) {
    const said = execFileSync('/usr/bin/pngcheck', ['-q', ...names.slice(i, i + 500)], { encoding: 'utf8' });
    expect(said).not.toMatch(/ERROR|WARN|:/);
  }
});

test('asking for a deterministic file changes no byte of it', async () => {
  let seen = 0;
  for (const [name, input] of inputs()) {
    if (input.width * input.height > 300) continue;
    for (const level of levels) {
      const [plain, asked] = [await encode(input, { level }), await encode(input, { level, deterministic: true })];
      expect(Buffer.compare(plain, asked), name).toBe(0);
      seen++;
    }
  }
  expect(seen).toBeGreaterThan(500);
});
