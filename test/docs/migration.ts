// Runs every call in the table of docs/migration.md as printed, next to the node that it replaces.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Device, ImageBatch, MaskBatch } from 'chromask';
import { runNode } from 'chromask/comfy';
import { decode } from 'chromask/png';
import { noise } from '../noise.js';

type Scope = Record<string, unknown>;
type Given = Record<string, unknown>;

/** One line of the table: what its first column says, and the code of its second. */
export interface Line {
  title: string;
  code: string[];
}

export function lines(): Line[] {
  const text = readFileSync('docs/migration.md', 'utf8');
  const rows = [...text.matchAll(/^\| ([^|`]+) \| (.*`.*) \|$/gm)];
  return rows.map(([, title, call]) => ({ title, code: [...call.matchAll(/`([^`]+)`/g)].map(([, code]) => code) }));
}

const layer: Given = { channel: 'L(LAB)', black_point: 20, white_point: 230, gray_point: 1.3 };
const colours = ['red', 'green', 'blue'];
const one = (inputs: Given, code?: string[]): [Given, string[]?][] => [[inputs, code]];

/** What the node of a line gets, and which of the line's pieces of code then say the same; all of them, one an output. */
const cases: Record<string, (scope: Scope, code: string[]) => [Given, string[]?][]> = {
  LoadImage: ({ file }) => one({ image: file }),
  'LoadImageMask, alpha': ({ file }) => one({ image: file, channel: 'alpha' }),
  'LoadImageMask, red': ({ file }) => one({ image: file, channel: 'red' }),
  ImageToMask: ({ image }, [red]) => colours.map((channel) => [{ image, channel }, [red.replace('red', channel)]]),
  'Image to Latent Mask': ({ image: images }) => one({ images, channel: 'red' }),
  'LayerMask: ImageToMask': ({ image, mask }, [toned, invert, multiply]) => [
    [{ ...layer, image }, [toned]],
    [{ ...layer, image, invert_output_mask: true }, [toned + invert]],
    [{ ...layer, image, mask }, [toned + multiply]],
    [{ ...layer, image, mask, invert_output_mask: true }, [toned + invert + multiply]],
  ],
  ColorMapToMasks: ({ image }) => one({ color_map: image, min_pixels: 500, max_count: 5 }),
  SelectNthMask: ({ masks, idx }) => one({ masks, idx }),
  ImageColorToMask: ({ image }) => one({ image, color: 0xff0000 }),
  MaskToImage: ({ mask }) => one({ mask }),
  SolidMask: () => one({ value: 1, width: 512, height: 512 }),
  InvertMask: ({ mask }) => one({ mask }),
  CropMask: ({ mask, x, y, width, height }) => one({ mask, x, y, width, height }),
  MaskComposite: ({ mask, other, x, y }) => one({ destination: mask, source: other, x, y, operation: 'multiply' }),
  FeatherMask: ({ mask, left, top, right, bottom }) => one({ mask, left, top, right, bottom }),
  GrowMask: ({ mask, expand }) => one({ mask, expand, tapered_corners: true }),
  ThresholdMask: ({ mask }) => one({ mask, value: 0.5 }),
  SplitImageWithAlpha: ({ image }) => one({ image }),
  JoinImageWithAlpha: ({ image, mask }) => one({ image, alpha: mask }),
  SetLatentNoiseMask: ({ mask }) => one({ mask, samples: { samples: 0 } }),
  'PreviewImage, SaveImage': ({ image: images }) => one({ images }),
  MaskPreview: ({ mask }) => one({ mask }),
};

/** Pictures and masks of bytes or of floats, where bytes are not all that floats can be. */
export async function scopeOf(device: Device, file: Uint8Array, dtype: 'uint8' | 'float32'): Promise<Scope> {
  const [width, height] = [40, 30];
  const numbers = (channels: number, seed: number): Uint8Array | Float32Array => {
    const bytes = noise(2 * height * width * channels, seed);
    return dtype === 'uint8' ? bytes : Float32Array.from(bytes, (byte, i) => (byte + (i % 7) / 8) / 255);
  };
  const [mask, other] = [1, 2].map((seed) => device.mask(numbers(1, seed), [2, height, width]));
  const pixels = numbers(3, 3);
  // a red that counts, at the place of some thousand others
  for (let i = 0; i < 1800; i++) pixels[i] = i % 3 ? 0 : dtype === 'uint8' ? 255 : 1;
  const image = device.image(pixels, [2, height, width, 3]);
  const sizes = { x: 3, y: 4, width: 20, height: 11, left: 5, top: 0, right: 3, bottom: 7, expand: 3, idx: 1 };
  return { device, file, image, mask, other, masks: mask, ...sizes };
}

/** What the printed code gives, and what the nodes of the line give, each as text that tells every bit. */
export async function both(line: Line, scope: Scope): Promise<[said: string[], given: string[]][]> {
  const found = cases[line.title]?.(scope, line.code);
  if (!found) throw new Error(`unknown inputs of ${line.title}`);
  const compared: [string[], string[]][] = [];
  for (const node of line.title.includes('Save') ? line.title.split(', ') : [line.title.split(', ')[0]]) {
    for (const [inputs, code = line.code] of found) {
      const said = (await Promise.all(code.map((text) => run(text, scope)))).flat();
      const given = await runNode(scope.device as Device, node, inputs);
      const file = said[0] instanceof Uint8Array;
      compared.push([await texts(said), file ? [await shown(given[0] as ImageBatch)] : await texts(given)]);
    }
  }
  return compared;
}

/** A printed expression, or a declaration and what it declares. */
async function run(code: string, scope: Scope): Promise<unknown[]> {
  const [, names, value] = /^const \{ (.+) \} = (.+)$/.exec(code) ?? [];
  const used = Object.keys(scope);
  const call = (text: string): Promise<unknown> =>
    new Function(...used, `return (async () => (${text}))()`)(...used.map((name) => scope[name]));
  if (!names) return [await call(code)];
  const made = (await call(value)) as Record<string, unknown>;
  // a tensor is one answer, the two of LoadImage are two
  return names === 'data, dims' ? [made] : names.split(', ').map((name) => made[name]);
}

const texts = (values: readonly unknown[]): Promise<string[]> => Promise.all(values.map(text));

/** What a file made of a node's picture has to show. */
const shown = async (image: ImageBatch): Promise<string> => bits(image.at(0).shape, await image.at(0).bytes());

/** Shape and bits of a value; of a PNG, the bytes that it shows. */
async function text(value: unknown): Promise<string> {
  if (value instanceof Uint8Array) {
    const { width, height, data } = await decode(value, { format: 'rgba8' });
    return bits(
      [1, height, width, 3],
      data.filter((_, i) => i % 4 < 3),
    );
  }
  const { data, dims, noise_mask } = value as { data: unknown; dims: number[]; noise_mask?: MaskBatch };
  if (noise_mask) return text(await noise_mask.toTensor());
  if (data instanceof Float32Array) return bits(dims, data);
  const batch = value as MaskBatch | ImageBatch;
  return bits(batch.shape, await batch.data());
}

const bits = (shape: readonly number[], data: Uint8Array | Float32Array): string =>
  `[${shape}] ${createHash('sha256').update(data).digest('hex')}`;
