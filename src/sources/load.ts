// From anything that holds a picture to a source batch: RGBA bytes exactly as stored, one picture for each frame.

import { type ImageBatch, imageOf } from '../api/image.js';
import { type MaskBatch, maskOf } from '../api/mask.js';
import { ChromaskError, classOf, refusal } from '../base/errors.js';
import { isNode } from '../base/node.js';
import { checkNames, checkOne, checkOptions, isPlain } from '../base/params.js';
import { orStopped } from '../base/pause.js';
import { pretended } from '../base/pretended.js';
import { checkPixels, imageExtent } from '../base/shape.js';
import type { Evaluator } from '../graph/evaluator.js';
import { nodeOf } from '../graph/held.js';
import { as, cat, derive, type Node } from '../graph/node.js';
import { type Profile, setProfile } from '../graph/profiles.js';
import { element as residentOf } from '../graph/sources.js';
import { openRoom } from '../png/room.js';
import { asStored, bitmapOf, type Drawable, drawableKind, isLossy, packed, readable, settled } from './browser.js';
import { upright } from './exif.js';
import { type Format, formatOf } from './format.js';
import { type Picture, sourceOf } from './frames.js';
import { hasProfile } from './hasProfile.js';
import { hasAlpha, plainly } from './plain.js';
import { loadPng } from './png.js';
import type { Found } from './profile.js';
import { type FileSource, readFile } from './read.js';
import { decodeWithSharp, type Frames, tooLarge } from './sharp.js';
import { elementFor, keepsAlpha, painted, pixelsOf } from './texture.js';
import { unturned } from './webp.js';

export interface RawPicture {
  data: Uint8Array | Uint8ClampedArray;
  width: number;
  height: number;
  channels: 1 | 3 | 4;
}

export type Source = FileSource | ImageData | Drawable | RawPicture;

export interface LoadOptions {
  /** The most pixels of a file, all frames together. A larger one is refused before it is decoded, if chromask or sharp decodes it. */
  limits?: { pixels?: number | undefined } | undefined;
  /** true: a PNG that libpng decodes with a warning is refused. */
  strict?: boolean | undefined;
  /** Ends the call, which then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
}

export interface Loaded {
  /** Alpha dropped, the colour under it kept: [B, H, W, 3]. */
  image: ImageBatch;
  /** 1 - alpha, [B, H, W]; zeros of that size where the picture has no alpha. */
  mask: MaskBatch;
  /** Whether the picture has alpha: a channel of it, or a palette with transparency. */
  alpha: boolean;
  /** The picture as it is stored, alpha 255 where it has none: [B, H, W, 4]. */
  rgba: ImageBatch;
  /** True where the source itself may have lost colour under low alpha before it came here (a canvas, ImageData). */
  lossy: boolean;
  /**
   * Faults of a PNG that did not prevent decoding it, as libpng decodes it; also that its colours are not those of sRGB, or that its
   * profile cannot be read.
   */
  warnings: readonly string[];
  /** The colour profile of a file, where it has one: PNG, JPEG, WebP and AVIF. */
  profile: Profile | undefined;
}

/** 16383 x 16383, as much as sharp takes. */
export const pixelLimit = { type: 'integer', default: 268402689, min: 1, max: Number.MAX_SAFE_INTEGER } as const;

export async function load(evaluator: Evaluator, source: unknown, options: LoadOptions = {}): Promise<Loaded> {
  checkOptions('load', options, 'limits strict signal');
  const { limits = {}, strict = false, signal } = options as LoadOptions;
  if (typeof strict !== 'boolean') throw refusal('load', 'strict', 'true or false', strict);
  if (!isPlain(limits)) throw refusal('load', 'limits', 'an object with pixels', limits);
  checkNames('load', limits, ['pixels']);
  const most = Number(checkOne('load', 'limits.pixels', pixelLimit, limits.pixels));
  signal?.throwIfAborted();
  const kind = drawableKind(source);
  if (kind) return elementOf(evaluator, source as Drawable, kind, signal);
  const raw = rawOf(source);
  if (raw) return loaded(evaluator, raw, { lossy: classOf(source) === 'ImageData', signal });
  const told = { name: 'the file' };
  const bytes = await readFile(source, signal, told);
  if (!bytes) {
    // happy-dom's, for one: its Blob does not say what it is
    const lent = typeof Object(source).arrayBuffer === 'function' ? ', or what its arrayBuffer() gives' : '';
    throw refusal('load', 'source', `a file, its bytes, a URL, a path, ImageData or an element${lent}`, source);
  }
  signal?.throwIfAborted();
  const { profile, warnings } = await profileIn(evaluator, bytes, strict);
  signal?.throwIfAborted();
  const found = await fileOf(evaluator, bytes, { most, strict }, told.name, signal);
  setProfile(nodeOf(found.rgba, 'load'), profile);
  return { ...found, profile, warnings: [...found.warnings, ...warnings] };
}

/** What a file says of its colours. */
async function profileIn(evaluator: Evaluator, bytes: Uint8Array<ArrayBuffer>, strict: boolean): Promise<Found> {
  const format = formatOf(bytes);
  if (!hasProfile(bytes, format)) return { profile: undefined, warnings: [] };
  const { readProfile } = await import('./profile.js');
  const room = async () => openRoom('load', await evaluator.engine.memory?.room('png'));
  return evaluator.store.roomy(() => readProfile(bytes, format, room, strict));
}

async function elementOf(evaluator: Evaluator, source: Drawable, kind: string, signal?: AbortSignal): Promise<Loaded> {
  let element = source;
  let lossy = isLossy(kind);
  try {
    await orStopped(settled(source), signal); // an image may never arrive
    if (kind === 'ImageBitmap' && !(await keepsAlpha())) {
      element = painted(source as ImageBitmap);
      lossy = true;
    } else element = await asStored(source);
    const plain = await packed(element);
    const resident = plain ? undefined : await residentOf(evaluator, element);
    const rgba = resident ?? (await sourceOf(evaluator, [plain ?? (await pixelsOf(element))]));
    if (signal?.aborted && rgba.hold) evaluator.store.drop(rgba.hold);
    signal?.throwIfAborted();
    rgba.premultiplied = lossy;
    return meant(evaluator, { rgba, alpha: true }, lossy);
  } catch (cause) {
    if (signal?.aborted && cause === signal.reason) throw cause;
    throw pretended('load', source, 'pass the file or its bytes', cause) ?? readable(cause, source);
  } finally {
    if (element !== source && 'close' in element) element.close();
  }
}

/** Formats that sharp is given. It decodes others too, partly with libraries that should not see untrusted files. */
const FOR_SHARP: readonly Format[] = ['jpeg', 'webp', 'avif', 'gif'];

async function fileOf(
  evaluator: Evaluator,
  bytes: Uint8Array<ArrayBuffer>,
  { most: pixels, strict }: { most: number; strict: boolean },
  name: string,
  signal?: AbortSignal,
): Promise<Loaded> {
  const format = formatOf(bytes);
  if (format === 'png') return meant(evaluator, await loadPng(evaluator, bytes, pixels, strict, signal));
  if (format === 'unknown') throw new ChromaskError('bad-format', `load: ${name} is no picture, ${bytes.length} bytes`);
  if (isNode() && !FOR_SHARP.includes(format)) {
    const message = `load: ${format} files are not decoded in Node, only PNG, JPEG, WebP, AVIF and GIF`;
    throw new ChromaskError('bad-format', message);
  }
  if (isNode()) return loaded(evaluator, await decodeWithSharp(bytes, format, pixels, signal), { signal });
  const { bytes: plain, orientation } = format === 'webp' ? unturned(bytes) : { bytes, orientation: 1 };
  const file = new Blob([plain]);
  const bitmap = await bitmapOf(file, format);
  try {
    signal?.throwIfAborted();
    if (bitmap.width * bitmap.height > pixels) throw tooLarge(bitmap.width * bitmap.height, pixels);
    // without the GPU for a device on WASM: three times as fast, and possible without WebGL2
    const here = evaluator.engine.name === 'wasm' ? await plainly(bitmap, file, format) : undefined;
    const seen = here ?? (await pixelsOf(bitmap, file));
    const alpha = hasAlpha(seen.data);
    const stored = here || !alpha || (await keepsAlpha()) ? seen : await pixelsOf(await elementFor(file, format));
    return await loaded(evaluator, { frames: [upright(stored, orientation)], alpha }, { signal });
  } finally {
    bitmap.close();
  }
}

function rawOf(source: unknown): Frames | undefined {
  if (typeof source !== 'object' || source === null || !('data' in source) || !('width' in source)) return undefined;
  const { data, width, height, channels = 4 } = source as RawPicture;
  const bytes = checkPixels('load', data);
  if (bytes instanceof Float32Array) throw refusal('load', 'data', 'bytes; device.image takes floats', data);
  imageExtent('load', bytes, [height, width, channels]);
  return { frames: [{ data: widened(bytes, channels), width, height }], alpha: channels === 4 };
}

function widened(bytes: Uint8Array, channels: 1 | 3 | 4): Uint8Array<ArrayBuffer> {
  if (channels === 4) return bytes.slice();
  const out = new Uint8Array((bytes.length / channels) * 4).fill(255);
  const [g, b] = channels === 1 ? [0, 0] : [1, 2];
  for (let from = 0, to = 0; from < bytes.length; from += channels, to += 4) {
    out[to] = bytes[from];
    out[to + 1] = bytes[from + g];
    out[to + 2] = bytes[from + b];
  }
  return out;
}

async function loaded(
  evaluator: Evaluator,
  { frames, alpha }: Frames,
  { lossy = false, signal }: { lossy?: boolean; signal?: AbortSignal | undefined } = {},
): Promise<Loaded> {
  return meant(evaluator, { rgba: await sourceOf(evaluator, frames, signal), alpha }, lossy);
}

/** What LoadImage makes of a picture, but for the 64 x 64 zeros with which the node marks a missing alpha. */
function meant(evaluator: Evaluator, { rgba, alpha, warnings = [] }: Picture, lossy = false): Loaded {
  const mask = alpha ? transparency(rgba) : nothing(rgba);
  return {
    image: imageOf(derive('removeAlpha', {}, rgba), evaluator),
    mask: maskOf(mask, evaluator),
    rgba: imageOf(rgba, evaluator),
    alpha,
    lossy,
    warnings,
    profile: undefined,
  };
}

/** Zeros of a batch's size. */
function nothing({ extent: { batch, width, height } }: Node): Node {
  const one = derive('solid', { value: 0, width, height });
  return cat(Array.from({ length: batch }, () => one));
}

/** 1 - alpha in float32, as the node subtracts it: not the same number as (255 - a) / 255. */
const transparency = (rgba: Node): Node => derive('invert', {}, as('float32', derive('alpha', {}, rgba)));
