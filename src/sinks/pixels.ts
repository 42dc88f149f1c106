// Pixels that an engine makes in memory, on their way to a canvas, an ImageBitmap or ImageData.

import { ChromaskError } from '../base/errors.js';
import type { Pause } from '../base/pause.js';
import { pretended } from '../base/pretended.js';
import type { Engine, Look, Put, Size, Slot } from '../engine.js';

export type Canvas = OffscreenCanvas | HTMLCanvasElement;
export type Context2d = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Bytes between two pauses. */
const PIECE = 2 ** 20;

/** A picture of a slot on a canvas, with what `paste` does where it cannot be written there pixel by pixel. */
export async function paintOn(
  context: Context2d,
  stay: boolean,
  engine: Engine,
  slot: Slot,
  look: Look,
  pause: Pause | undefined,
  paste: (own: Canvas) => void,
): Promise<void> {
  const { canvas } = context;
  const { width, height } = slot.extent;
  // for a smaller canvas the picture is made in that size; for a larger one the browser scales it up
  const size = { width: Math.min(width, canvas.width), height: Math.min(height, canvas.height) };
  if (!size.width || !size.height) return;
  if (!stay && size.width === canvas.width && size.height === canvas.height && isPlain(context)) {
    return onto(context, engine, slot, look, size, pause, true);
  }
  const own = canvasOf('draw', size);
  await onto(contextOf(own, look), engine, slot, look, size, pause);
  paste(own);
}

/** A picture of a slot as an ImageBitmap, by way of a canvas that gives its pixels away. */
export async function bitmapFrom(engine: Engine, slot: Slot, look: Look, pause?: Pause): Promise<ImageBitmap> {
  const own = canvasOf('toImageBitmap', slot.extent);
  await onto(contextOf(own, look), engine, slot, look, slot.extent, pause);
  return 'transferToImageBitmap' in own ? own.transferToImageBitmap() : createImageBitmap(own);
}

export const imageDataOf = (
  pixels: Uint8ClampedArray<ArrayBuffer>,
  width: number,
  height: number,
  space: Look['space'],
): ImageData => new ImageData(pixels, width, height, space && { colorSpace: space });

/** All pixels of a byte slot's first picture. */
export async function dataFrom(engine: Engine, slot: Slot, pause?: Pause): Promise<Uint8ClampedArray<ArrayBuffer>> {
  const { width, height, channels } = slot.extent;
  const data = new Uint8ClampedArray(width * height * 4);
  if (engine.memory) {
    const put: Put = (pixels, top) => data.set(pixels, top * width * 4);
    await engine.memory.paint(slot, { index: 0, opacity: 1 }, slot.extent, put, pause);
    return data;
  }
  const bytes = new Uint8Array(width * height * channels);
  await engine.read(slot, bytes, pause);
  const [green, blue] = channels === 1 ? [0, 0] : [1, 2];
  for (let from = 0, to = 0; to < data.length; from += channels, to += 4) {
    const wait = to % PIECE ? undefined : pause?.();
    if (wait) await wait;
    data[to] = bytes[from];
    data[to + 1] = bytes[from + green];
    data[to + 2] = bytes[from + blue];
    data[to + 3] = channels === 4 ? bytes[from + 3] : 255;
  }
  return data;
}

/** Write a slot on a canvas, band by band. What people look at gets all bands at once where the work pauses, or waits
 * for threads, between them. */
async function onto(
  context: Context2d,
  engine: Engine,
  slot: Slot,
  look: Look,
  size: Size,
  pause?: Pause,
  seen = false,
): Promise<void> {
  const { space } = look;
  const { memory } = engine;
  const write: Put = (pixels, top) => {
    const height = pixels.length / size.width / 4;
    context.putImageData(imageDataOf(pixels, size.width, height, space), 0, top);
  };
  if (!seen || !(pause || memory?.shared)) {
    // an ImageData takes no memory that is shared
    const put: Put = memory?.shared ? (pixels, top) => write(pixels.slice(), top) : write;
    return memory?.paint(slot, look, size, put, pause);
  }
  const all = new Uint8ClampedArray(size.width * size.height * 4);
  await memory?.paint(slot, look, size, (pixels, top) => all.set(pixels, top * size.width * 4), pause);
  write(all, 0);
}

/** Whether drawing may write pixels directly: `putImageData` ignores all of these, and does not blend. */
function isPlain(context: Context2d): boolean {
  const told = 'getContextAttributes' in context ? context.getContextAttributes() : undefined;
  if (told?.alpha !== true) return false;
  const { globalAlpha, globalCompositeOperation, filter = 'none', shadowBlur, shadowOffsetX, shadowOffsetY } = context;
  const drawn = globalAlpha === 1 && globalCompositeOperation === 'source-over' && filter === 'none';
  return drawn && !shadowBlur && !shadowOffsetX && !shadowOffsetY && context.getTransform().isIdentity;
}

function canvasOf(operation: string, { width, height }: Size): Canvas {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(width, height);
  if (typeof document !== 'undefined') return Object.assign(document.createElement('canvas'), { width, height });
  throw new ChromaskError('unsupported', `${operation}: there is no canvas here; bytes() has the same numbers`);
}

/** The context of our own canvas, which is never on a page: a GPU would only add an upload. */
function contextOf(canvas: Canvas, { space }: Look): Context2d {
  const settings = { willReadFrequently: true, ...(space && { colorSpace: space }) };
  const context = canvas.getContext('2d', settings) as Context2d | null;
  if (context) return context;
  const lacking = pretended('draw', canvas, 'bytes() has the same numbers');
  if (lacking) throw lacking;
  const message = `draw: this browser has no canvas of ${canvas.width} x ${canvas.height}`;
  throw new ChromaskError('limit', message);
}
