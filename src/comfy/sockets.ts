// The socket types of nodes: values that travel on links and have no widget. One row for each; all readers use this
// table.
import { refusal } from '../base/errors.js';
import { isPlain } from '../base/params.js';
import { type Device, ImageBatch as Image, type ImageBatch, MaskBatch as Mask, type MaskBatch } from '../index.js';

/** A LATENT as nodes pass it on. `samples` is an array or tensor of the caller's. */
export interface Latent {
  samples: unknown;
  noise_mask?: MaskBatch;
  [key: string]: unknown;
}

/** left, top, right, bottom, in pixels. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

/** One region of SEGS. Its mask, and its picture if a node has made one, are as large as `crop_region`. */
export interface Seg {
  readonly label: string;
  readonly confidence: number;
  readonly crop_region: Box;
  readonly bbox: Box;
  readonly mask: MaskBatch;
  readonly image?: ImageBatch;
}

/** Regions of a picture, as the Impact pack passes them on. */
export interface Segs {
  readonly size: readonly [height: number, width: number];
  readonly segs: readonly Seg[];
}

/** Where a picture was cut from, as WAS passes it on: the size of the piece, and its place. */
export interface CropData {
  readonly size: readonly [width: number, height: number];
  readonly box: Box;
}

/** Numbers as InpaintCropAndStitch keeps them. */
export interface StitchPicture {
  readonly data: Float32Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/**
 * How to put one picture back: the source, where the original and the crop lie in it, and the mask to blend them by.
 */
export interface Stitch {
  readonly canvas: StitchPicture;
  readonly original: Box;
  readonly cropped: Box;
  readonly mask: Omit<StitchPicture, 'channels'>;
}

export interface Stitcher {
  readonly downscale_algorithm: string;
  readonly upscale_algorithm: string;
  readonly stitches: readonly Stitch[];
}

/** Numbers of a picture or mask with their shape: chromask's `{ data, shape }` or a tensor's `{ data, dims }`. */
export type Shaped = { readonly data: ArrayBufferView } & (
  | { readonly shape: readonly number[] }
  | { readonly dims: readonly number[] }
);

/** The value a node receives on each socket. `*` takes any value. */
export interface SocketValues {
  IMAGE: ImageBatch;
  MASK: MaskBatch;
  LATENT: Latent;
  SEGS: Segs;
  /** One region of SEGS, its place, and the size of the picture, as Impact takes SEGS apart. */
  SEG_ELT: Seg;
  SEG_ELT_crop_region: Box;
  SEG_ELT_bbox: Box;
  SEGS_HEADER: Segs['size'];
  BOX: Box;
  CROP_DATA: CropData;
  MASK_MAPPING: readonly number[];
  /** An integer or a float, as WAS and ComfyMath pass them on. */
  NUMBER: number;
  /** Left, top, width and height of each box. */
  BBOX: readonly Box[];
  STITCHER: Stitcher;
  '*': unknown;
}

export type Socket = keyof SocketValues;

/** Checks an input's value and converts it for the node. */
type Take<T> = (value: unknown, node: string, input: string, device: Device) => T;

export const sockets: { readonly [S in Socket]: Take<SocketValues[S]> } = {
  IMAGE: imageOf,
  MASK: maskOf,
  LATENT: latentOf,
  SEGS: segsOf,
  SEG_ELT: segOf,
  SEG_ELT_crop_region: boxOf,
  SEG_ELT_bbox: boxOf,
  SEGS_HEADER: sizeOf,
  BOX: boxOf,
  CROP_DATA: cropOf,
  MASK_MAPPING: mappingOf,
  NUMBER: numberOf,
  BBOX: boxesOf,
  STITCHER: stitcherOf,
  '*': (value) => value,
};

export const isSocket = (type: string): type is Socket => Object.hasOwn(sockets, type);

/** Whether a server would connect these types: equal, one of a comma-separated list, or `*`. */
export function fits(given: string, wanted: string): boolean {
  if (given === wanted || given === '*' || wanted === '*') return true;
  const all = new Set(wanted.split(','));
  return given.split(',').some((one) => all.has(one));
}

/** Numbers with a shape: chromask's `{ data, shape }` or a tensor's `{ data, dims }`. */
export function shaped(value: unknown): { data: never; shape: never } | undefined {
  if (typeof value !== 'object' || value === null || !('data' in value)) return undefined;
  // a batch of the other kind has methods with these names
  if (value instanceof Image || value instanceof Mask) return undefined;
  const shape = 'shape' in value ? value.shape : 'dims' in value ? value.dims : undefined;
  // the device checks the values, so their types are left open here
  return { data: value.data as never, shape: shape as never };
}

export function imageOf(value: unknown, node: string, input: string, device: Device): ImageBatch {
  if (value instanceof Image) return value;
  const given = shaped(value);
  if (!given) throw refusal(node, input, 'an image, ImageData or { data, shape }', value);
  return given.shape === undefined ? device.image(value as ImageData) : device.image(given.data, given.shape);
}

function maskOf(value: unknown, node: string, input: string, device: Device): MaskBatch {
  if (value instanceof Mask) return value;
  const given = shaped(value);
  if (!given) throw refusal(node, input, 'a mask or { data, shape }', value);
  return device.mask(given.data, given.shape);
}

function latentOf(value: unknown, node: string, input: string): Latent {
  if (isPlain(value) && Object.hasOwn(value, 'samples')) return { ...value, samples: value.samples };
  throw refusal(node, input, 'an object with samples', value);
}

const numbers = (value: unknown, length: number): value is number[] =>
  Array.isArray(value) && value.length === length && value.every((one) => Number.isFinite(one));

function boxOf(value: unknown, node: string, input: string): Box {
  if (numbers(value, 4)) return [value[0], value[1], value[2], value[3]];
  throw refusal(node, input, 'four numbers: left, top, right, bottom', value);
}

function segsOf(value: unknown, node: string, input: string, device: Device): Segs {
  if (!isPlain(value) || !numbers(value.size, 2) || !Array.isArray(value.segs)) {
    throw refusal(node, input, 'SEGS: { size: [height, width], segs }', value);
  }
  return { size: sizeOf(value.size, node, input), segs: value.segs.map((seg) => segOf(seg, node, input, device)) };
}

function segOf(seg: unknown, node: string, input: string, device: Device): Seg {
  if (!isPlain(seg)) throw refusal(node, input, 'SEGS, each of them an object', seg);
  const { label, confidence, crop_region, bbox, mask, image } = seg;
  return {
    label: String(label),
    confidence: Number(confidence),
    crop_region: boxOf(crop_region, node, `${input}.crop_region`),
    bbox: boxOf(bbox, node, `${input}.bbox`),
    mask: maskOf(mask, node, `${input}.mask`, device),
    ...(image === undefined || image === null ? {} : { image: imageOf(image, node, `${input}.image`, device) }),
  };
}

function sizeOf(value: unknown, node: string, input: string): Segs['size'] {
  if (numbers(value, 2)) return [value[0], value[1]];
  throw refusal(node, input, 'two numbers: height and width', value);
}

function cropOf(value: unknown, node: string, input: string): CropData {
  if (!isPlain(value) || !numbers(value.size, 2)) throw refusal(node, input, 'CROP_DATA: { size, box }', value);
  return { size: [value.size[0], value.size[1]], box: boxOf(value.box, node, `${input}.box`) };
}

function mappingOf(value: unknown, node: string, input: string): readonly number[] {
  if (Array.isArray(value) && value.every((one) => Number.isInteger(one) && one >= 0)) return [...value];
  throw refusal(node, input, 'a list of whole numbers, the picture of each mask', value);
}

function numberOf(value: unknown, node: string, input: string): number {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  throw refusal(node, input, 'a number', value);
}

function stitcherOf(value: unknown, node: string, input: string): Stitcher {
  const { stitches } = Object(value) as Partial<Stitcher>;
  if (Array.isArray(stitches)) return value as Stitcher;
  throw refusal(node, input, 'what InpaintCropImproved gives', value);
}

function boxesOf(value: unknown, node: string, input: string): readonly Box[] {
  if (numbers(value, 4)) return [boxOf(value, node, input)];
  if (Array.isArray(value)) return value.flatMap((one) => boxesOf(one, node, input));
  throw refusal(node, input, 'boxes: left, top, width and height of each', value);
}
