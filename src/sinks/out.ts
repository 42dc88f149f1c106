// The ways a mask or picture leaves as something other than numbers. Loaded when first used.
import type { Batch } from '../api/batch.js';
import type { ImageBatch } from '../api/image.js';
import type { MaskBatch } from '../api/mask.js';
import { ChromaskError, refusal } from '../base/errors.js';
import { checkOptions } from '../base/params.js';
import { pausing } from '../base/pause.js';
import { evaluatorOf, nodeOf } from '../graph/held.js';
import { as } from '../graph/node.js';
import type { Polarity } from '../graph/polarity.js';
import { profileOf, spaceOf } from '../graph/profiles.js';
import { type EncodeOptions, encode } from '../png/encode.js';
import type { EncodeInput } from '../png/input.js';
import { lent } from './lent.js';
import { npy } from './npy.js';
import { dataFrom, imageDataOf } from './pixels.js';
import { type CocoOptions, type CocoRle, listed, packed, runs } from './rle.js';

export interface OutOptions {
  /** Ends the call, which then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
}

export interface PngOptions {
  /** Bits of a pixel of a mask: 1, 8 or 16; 8 if left out. Pictures have 8. */
  bitDepth?: 1 | 8 | 16 | undefined;
  /** What white should mean: a mask of the other polarity is inverted. Only for masks that come from alpha; as it is if left out. */
  polarity?: Polarity | undefined;
  /** Text to keep in the file, such as a workflow. */
  text?: EncodeOptions['text'] | undefined;
  /** How hard to compress: `fast`, `small` or `smallest`; `fast` if left out. The pixels are the same. */
  level?: EncodeOptions['level'] | undefined;
  /** Ends the call, which then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
}

export async function maskPng(
  operation: string,
  mask: MaskBatch,
  options: PngOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const {
    bitDepth = 8,
    polarity,
    text,
    level,
    signal,
  } = given(operation, options, 'bitDepth polarity text level signal');
  if (![1, 8, 16].includes(bitDepth)) throw refusal(operation, 'bitDepth', '1, 8 or 16', bitDepth);
  const [, height, width] = single(operation, mask);
  const data = await samples(inPolarity(operation, mask, polarity), bitDepth, signal);
  return written(operation, mask, { width, height, channels: 1, bitDepth, data }, { text, level, signal });
}

export async function imagePng(
  operation: string,
  image: ImageBatch,
  options: Omit<PngOptions, 'bitDepth' | 'polarity'> = {},
) {
  const { text, level, signal } = given(operation, options, 'text level signal');
  const [, height, width, channels] = single(operation, image);
  const profile = profileOf(nodeOf(image, operation));
  const data = await image.bytes({ signal });
  const picture = { width, height, channels: channels as 1 | 3 | 4, data };
  const keeping = profile && (await import('../png/profileOut.js')).encodeWithProfile;
  const write: Write | undefined = keeping && ((_, options) => keeping(picture, profile, options));
  return written(operation, image, picture, { text, level, signal }, write);
}

export async function imageData(batch: Batch, options: OutOptions = {}): Promise<ImageData> {
  const { signal } = given('toImageData', options, 'signal');
  const [, height, width] = single('toImageData', batch);
  if (typeof ImageData === 'undefined') {
    throw new ChromaskError('unsupported', 'toImageData: there is no ImageData here; bytes() has the same numbers');
  }
  signal?.throwIfAborted();
  const [node, evaluator] = [nodeOf(batch, 'toImageData'), evaluatorOf(batch, 'toImageData')];
  const bytes = as('uint8', node);
  const made = evaluator.lend(bytes, (slot, engine, pause) => dataFrom(engine, slot, pause), signal);
  const pixels = await evaluator.passing(bytes, node, made);
  return imageDataOf(pixels, width, height, spaceOf(node));
}

/** Bytes that are written as text between two pauses: a multiple of three, so that no padding comes in between. */
const LETTERS = 3 * 8192;

export async function dataUrl(png: Uint8Array, signal?: AbortSignal): Promise<string> {
  const pause = signal && pausing(() => signal.throwIfAborted());
  const texts: string[] = [];
  for (let at = 0; at < png.length; at += LETTERS) {
    texts.push(btoa(String.fromCharCode(...png.subarray(at, at + LETTERS))));
    await pause?.();
  }
  return `data:image/png;base64,${texts.join('')}`;
}

export async function maskNpy(mask: Batch, options: OutOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const { signal } = given('toNpy', options, 'signal');
  return lent('toNpy', mask, 'float32', signal, (all) => npy(all, mask.shape));
}

/** Pixels above the limit are inside. */
export async function cocoRle(mask: MaskBatch, options: CocoOptions = {}): Promise<CocoRle> {
  const { threshold = 0.5, compressed = true, signal } = given('toCocoRle', options, 'threshold compressed signal');
  if (typeof compressed !== 'boolean') throw refusal('toCocoRle', 'compressed', 'true or false', compressed);
  const [, height, width] = single('toCocoRle', mask);
  const inside = mask.threshold({ value: threshold });
  const counts = await lent('toCocoRle', inside, 'uint8', signal, async (all) => {
    const counts = await runs(all, height, width);
    return compressed ? packed(counts, all.pause) : listed(counts, all.pause);
  });
  return { size: [height, width], counts };
}

function given<T extends object>(operation: string, options: T, names: string): T {
  checkOptions(operation, options, names);
  return options;
}

/** A mask of the polarity asked for. */
function inPolarity(operation: string, mask: MaskBatch, polarity: Polarity | undefined): MaskBatch {
  if (polarity === undefined || polarity === mask.polarity) return mask;
  if (polarity !== 'selected' && polarity !== 'transparent') {
    throw refusal(operation, 'polarity', "'selected' or 'transparent'", polarity);
  }
  if (mask.polarity) return mask.invert();
  throw new ChromaskError(
    'bad-argument',
    `${operation}: polarity must be left out for a mask that did not come from alpha, got ${JSON.stringify(polarity)}`,
  );
}

async function samples(mask: MaskBatch, bitDepth: 1 | 8 | 16, signal?: AbortSignal): Promise<Uint8Array | Uint16Array> {
  if (bitDepth === 8) return mask.bytes({ signal });
  if (bitDepth === 1) return mask.threshold().bytes({ signal });
  const values = await mask.data({ signal });
  // a byte is the same sixteen bits twice, as libpng widens it; a float is rounded
  const words = new Uint16Array(values.length);
  const pause = signal && pausing(() => signal.throwIfAborted());
  for (let i = 0; i < words.length; i++) {
    if (i % 65536 === 0) await pause?.();
    words[i] = Math.round(Math.min(Math.max(values[i], 0), 1) * 65535);
  }
  return words;
}

type Write = (picture: EncodeInput, options: EncodeOptions) => Promise<Uint8Array<ArrayBuffer>>;

/** With the device's own kernels, if it has any; if their memory is full, cached results are freed first. */
async function written(
  operation: string,
  batch: Batch,
  picture: EncodeInput,
  options: EncodeOptions,
  write: Write = encode,
): Promise<Uint8Array<ArrayBuffer>> {
  const evaluator = evaluatorOf(batch, operation);
  const room = await evaluator.engine.memory?.room('png');
  return evaluator.store.roomy(() => write(picture, { ...options, room }));
}

function single(operation: string, batch: Batch): readonly number[] {
  if (batch.shape[0] === 1) return batch.shape;
  throw refusal(operation, 'batch', '1 (take one with at(b))', batch.shape[0], 'bad-shape');
}
