// Small PNG files that Pillow (HPND) and image-png (MIT or Apache 2.0) test their own decoders with: decoded as Pillow decodes them, and
// refused where it refuses them. scripts/png_public.py has recorded them. Of all 640 files of the two projects, PngSuite and the large
// ones included, 629 were equal when this was written; the others are those below and three of PngSuite.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decode } from '../../src/png/index.js';

interface Answer {
  size: number[];
  /** 16-bit gray, which Pillow keeps as numbers of 32 bits, without what transparency says. */
  wide: boolean;
  sha256: string;
}
interface File {
  name: string;
  png: string;
  /** Null where Pillow refuses the file. */
  expected: Answer | null;
}

const { files } = JSON.parse(readFileSync('test/vectors/png-public.json', 'utf8')) as { files: File[] };

/** Where no pixel depends on what Pillow refuses, the picture is given, as libpng and browsers give it; what `warnings` say. */
const shown: Record<string, RegExp> = {
  'chunk_no_fctl.png': /must be/,
  'png_decompression_dos.png': /text/,
  'unknown_compression_method.png': /^$/,
  'cicp_pq.png': /CRC of chunk cLLI/,
};
/** Where Pillow is not as libpng is, which we follow. */
const otherwise: Record<string, string> = {
  'invalid_palette_index.png': 'black and opaque, as libpng has it; Pillow makes it transparent',
  'x_interlaced_chck.png': 'image data with a wrong CRC is refused; Pillow does not look',
};

async function decoded(bytes: Uint8Array, wide: boolean): Promise<Answer> {
  const { width, height, data, channels } = wide ? await decode(bytes) : await decode(bytes, { format: 'rgba8' });
  const gray = Int32Array.from(data).filter((_, i) => i % channels === 0);
  const sha256 = createHash('sha256')
    .update(wide ? new Uint8Array(gray.buffer) : data)
    .digest('hex');
  return { size: [width, height], wide, sha256 };
}

it.each(files.filter(({ name }) => !(name in otherwise || name in shown)))('$name', async ({ png, expected }) => {
  const bytes = Buffer.from(png, 'base64');
  if (expected) expect(await decoded(bytes, expected.wide)).toEqual(expected);
  else await expect(decode(bytes)).rejects.toMatchObject({ name: 'ChromaskError' });
});

it.each(files.filter(({ name }) => name in shown))('$name is shown, and refused by Pillow', async (one) => {
  const { warnings } = await decode(Buffer.from(one.png, 'base64'));
  expect([one.expected, warnings.join('; ')]).toEqual([null, expect.stringMatching(shown[one.name])]);
});

it('what Pillow does otherwise than libpng is as libpng does it', async () => {
  const bytes = (name: string): Uint8Array =>
    Buffer.from(files.find((file) => file.name === name)?.png ?? '', 'base64');
  const { warnings } = await decode(bytes('invalid_palette_index.png'));
  expect(warnings.join()).toMatch(/palette index must be below/);
  await expect(decode(bytes('x_interlaced_chck.png'))).rejects.toThrow('CRC of chunk IDAT');
});
