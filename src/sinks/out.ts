// The ways a mask or picture leaves as something other than numbers. Loaded when first used.
import { type Batch, homeOf, recipeOf } from '../batch.js';
import { ChromaskError, refusal } from '../errors.js';
import type { ImageBatch } from '../image.js';
import type { MaskBatch } from '../mask.js';
import type { Meaning } from '../meaning.js';
import { checkOptions } from '../params.js';
import { type EncodeOptions, encode } from '../png/encode.js';
import type { EncodeInput } from '../png/input.js';
import { as } from '../recipe.js';
import { npy } from './npy.js';
import { dataFrom } from './pixels.js';
import { type CocoOptions, type CocoRle, packed, runs } from './rle.js';

export interface PngOptions {
  /** Bits of a pixel of a mask; pictures have 8. Default 8. */
  bitDepth?: 1 | 8 | 16 | undefined;
  /** What white shall mean; a mask from alpha of the other meaning is inverted. Default: as it is. */
  meaning?: Meaning | undefined;
  /** Text to keep in the file, such as a workflow. */
  text?: EncodeOptions['text'] | undefined;
  level?: EncodeOptions['level'] | undefined;
  signal?: AbortSignal | undefined;
}

export async function maskPng(mask: MaskBatch, options: PngOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { bitDepth = 8, meaning, text, level, signal } = given('toPng', options, 'bitDepth meaning text level signal');
  if (![1, 8, 16].includes(bitDepth)) throw refusal('toPng', 'bitDepth', '1, 8 or 16', bitDepth);
  const [, height, width] = single('toPng', mask);
  const data = await samples(asked(mask, meaning), bitDepth, signal);
  return written(mask, { width, height, channels: 1, bitDepth, data }, { text, level, signal });
}

export async function imagePng(image: ImageBatch, options: Omit<PngOptions, 'bitDepth' | 'meaning'> = {}) {
  const { text, level, signal } = given('toPng', options, 'text level signal');
  const [, height, width, channels] = single('toPng', image);
  const data = await image.bytes({ signal });
  return written(image, { width, height, channels: channels as 1 | 3 | 4, bitDepth: 8, data }, { text, level, signal });
}

export async function imageData(batch: MaskBatch | ImageBatch): Promise<ImageData> {
  const [, height, width] = single('toImageData', batch);
  if (typeof ImageData === 'undefined') {
    throw new ChromaskError('unsupported', 'toImageData: there is no ImageData here; bytes() has the same numbers');
  }
  const [recipe, home] = [recipeOf(batch, 'toImageData'), homeOf(batch, 'toImageData')];
  const bytes = as('uint8', recipe);
  const made = home.lend(bytes, (slot, engine) => dataFrom(engine, slot));
  return new ImageData(await home.passing(bytes, recipe, made), width, height);
}

export async function dataUrl(png: Uint8Array): Promise<string> {
  let text = '';
  for (let at = 0; at < png.length; at += 32768) text += String.fromCharCode(...png.subarray(at, at + 32768));
  return `data:image/png;base64,${btoa(text)}`;
}

export async function maskNpy(mask: MaskBatch): Promise<Uint8Array<ArrayBuffer>> {
  return mask.lend('float32', (numbers) => npy(numbers, mask.shape));
}

/** Pixels above the limit are inside. */
export async function cocoRle(mask: MaskBatch, options: CocoOptions = {}): Promise<CocoRle> {
  const { threshold = 0.5, compressed = true, signal } = given('toCocoRle', options, 'threshold compressed signal');
  if (typeof compressed !== 'boolean') throw refusal('toCocoRle', 'compressed', 'true or false', compressed);
  const [, height, width] = single('toCocoRle', mask);
  const inside = mask.threshold({ value: threshold });
  const counts = await inside.lend('uint8', (bytes) => runs(bytes, height, width), { signal });
  return { size: [height, width], counts: compressed ? packed(counts) : counts };
}

function given<T extends object>(operation: string, options: T, names: string): T {
  checkOptions(operation, options, names);
  return options;
}

/** A mask of the meaning asked for. */
function asked(mask: MaskBatch, meaning: Meaning | undefined): MaskBatch {
  if (meaning === undefined || meaning === mask.meaning) return mask;
  if (meaning !== 'selected' && meaning !== 'transparent') {
    throw refusal('toPng', 'meaning', "'selected' or 'transparent'", meaning);
  }
  if (mask.meaning) return mask.invert();
  throw new ChromaskError(
    'bad-argument',
    `toPng: meaning must be left out for a mask that did not come from alpha, got ${JSON.stringify(meaning)}`,
  );
}

async function samples(mask: MaskBatch, bitDepth: 1 | 8 | 16, signal?: AbortSignal): Promise<Uint8Array | Uint16Array> {
  if (bitDepth === 8) return mask.bytes({ signal });
  if (bitDepth === 1) return mask.threshold().bytes({ signal });
  const values = await mask.data({ signal });
  // a byte is the same sixteen bits twice, as libpng widens it; a float is rounded
  const words = new Uint16Array(values.length);
  for (let i = 0; i < words.length; i++) words[i] = Math.round(Math.min(Math.max(values[i], 0), 1) * 65535);
  return words;
}

/** By the device's own kernels, where it runs on any; where their memory is full, the results kept for later go. */
async function written(batch: Batch, picture: EncodeInput, options: EncodeOptions): Promise<Uint8Array<ArrayBuffer>> {
  const home = homeOf(batch, 'toPng');
  const room = await home.engine.room?.('png');
  return home.roomy(() => encode(picture, { ...options, room }));
}

function single(operation: string, batch: Batch): readonly number[] {
  if (batch.shape[0] === 1) return batch.shape;
  throw refusal(operation, 'batch', '1 (take one with at(b))', batch.shape[0], 'bad-shape');
}
