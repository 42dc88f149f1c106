// Shared by the nodes of LayerStyle. All of them work on Pillow's bytes, picture by picture.
import { refusal } from '../../../base/errors.js';
import { ImageBatch as Image, type ImageBatch, MaskBatch as Mask, type MaskBatch } from '../../../index.js';
import { shaped } from '../../sockets.js';
import { type Around, batchOf, bytesOf, type Plane } from '../lib/each.js';
import { alphaOf, filledPicture, gray, imageOf, type Picture, picturesOf } from '../lib/pillow.js';

const module = 'custom_nodes.ComfyUI_LayerStyle';
export const layerMask = { category: '😺dzNodes/LayerMask', module } as const;
export const layerStyle = { category: '😺dzNodes/LayerStyle', module } as const;
export const layerColor = { category: '😺dzNodes/LayerColor', module } as const;
export const layerFilter = { category: '😺dzNodes/LayerFilter', module } as const;
export const layerUtility = { category: '😺dzNodes/LayerUtility', module } as const;

/** The mask, or 1 - mask, as bytes, truncated. */
export const bytesIn = (mask: MaskBatch, invert = false): MaskBatch =>
  (invert ? mask.as('float32').invert() : mask).as('uint8');

/** Each mask of the batch as a picture of mode L. */
export const graysOf = async (mask: MaskBatch, call: Around, invert = false): Promise<Picture[]> =>
  (await bytesOf(bytesIn(mask, invert), call)).map(gray);

/** The masks as the nodes output them: v / 255. */
export const masksOf = (call: Around, all: readonly Plane[]): MaskBatch => batchOf(call, all).as('float32');

/** Pictures and their masks as the two outputs of a node. */
export const pairsOf = (call: Around, made: readonly { canvas: Picture; own: Plane }[]) =>
  [
    imageOf(
      call,
      made.map(({ canvas }) => canvas),
    ),
    masksOf(
      call,
      made.map(({ own }) => own),
    ),
  ] as const;

/** Grows a mask by `grow` steps to the four sides (shrinks it if negative), then blurs it. */
export const expanded = (bytes: MaskBatch, grow: number, blur: number): MaskBatch =>
  bytes.grow({ expand: grow }).blur({ radius: blur });

/** Grows and blurs a picture of mode L, like `expanded`. */
export async function grown(gray: Picture, by: number, blur: number, { device, signal }: Around): Promise<Picture> {
  const { data, width, height } = gray;
  const made = expanded(device.mask(data, [1, height, width]), by, blur);
  return { ...gray, data: await made.bytes({ signal }) };
}

/** 1 - v / 255, as a byte again. */
export const turned = (v: number): number => Math.fround(255 * Math.fround(1 - Math.fround(v / 255)));

/** Shifts a picture. If not `cyclic`, new places get `color`, and the first row and column are never used. */
export function shifted(picture: Picture, dx: number, dy: number, cyclic: boolean, color: readonly number[]): Picture {
  const { width, height, channels } = picture;
  const made = filledPicture(width, height, color);
  const wrapped = (at: number, length: number): number => ((at % length) + length) % length;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [fromX, fromY] = [x + dx, y + dy];
      if (!cyclic && (fromX <= 0 || fromY <= 0 || fromX >= width || fromY >= height)) continue;
      const from = (wrapped(fromY, height) * width + wrapped(fromX, width)) * channels;
      made.data.set(picture.data.subarray(from, from + channels), (y * width + x) * channels);
    }
  }
  return made;
}

/** An element of a list, whose last one repeats. */
export const nth = <T>(all: readonly T[], i: number): T => all[Math.min(i, all.length - 1)];

export interface Layer {
  readonly picture: Picture;
  readonly mask: Picture;
}

/** Pictures with one mask each: the given mask, else their alpha, else white. The shorter batch repeats its last. */
export async function layersOf(
  node: string,
  input: string,
  image: ImageBatch,
  mask: MaskBatch | undefined,
  call: Around,
  invert = false,
): Promise<Layer[]> {
  const pictures = await picturesOf(node, input, image, call);
  const masks = mask ? await graysOf(mask, call, invert) : pictures.map(alphaOf);
  return Array.from({ length: Math.max(pictures.length, masks.length) }, (_, i) => {
    return { picture: nth(pictures, i), mask: nth(masks, i) };
  });
}

export const sameSize = (a: Plane, b: Plane): boolean => a.width === b.width && a.height === b.height;

export const sizeOf = ({ width, height }: Plane): string => `${width} x ${height}`;

/** Pillow only pastes through masks of the same size. */
export function checkSize(node: string, input: string, picture: Plane, mask: Plane): void {
  if (!sameSize(picture, mask)) {
    throw refusal(node, input, `of the picture's size (${sizeOf(picture)})`, sizeOf(mask), 'bad-shape');
  }
}

/** The size of a picture or mask from a socket for anything. */
export function sizeAs(node: string, input: string, value: unknown): { width: number; height: number } {
  const batch = value instanceof Image || value instanceof Mask ? value : shaped(value);
  const shape: readonly unknown[] | undefined = batch?.shape;
  const [, height, width] = shape ?? [];
  if (!shape || (shape.length !== 3 && shape.length !== 4) || !(Number(height) > 0) || !(Number(width) > 0)) {
    throw refusal(node, input, 'an image or a mask', value);
  }
  return { width: Number(width), height: Number(height) };
}
