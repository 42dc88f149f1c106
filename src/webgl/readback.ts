// Reads numbers from textures without stalling: into a pixel buffer with a fence after it, then out once the fence
// has passed.

import { ChromaskError } from '../base/errors.js';
import type { Numbers } from '../engine.js';
import { unit } from '../engine.js';
import type { Context } from './context.js';
import { glFormat } from './formats.js';
import { type Format, tilesOf } from './layout.js';
import type { Gpu } from './shared.js';
import type { GpuSlot } from './slots.js';

/** Bytes of one pixel buffer, and how many buffers a read uses at once. */
const BUFFER = 2 ** 24;
const UNDER_WAY = 3;

/** A rectangle of a layer, and where its first pixel goes. */
interface Part {
  readonly layer: number;
  readonly top: number;
  readonly width: number;
  readonly rows: number;
  readonly to: number;
  readonly offset: number;
}

interface Reading {
  readonly format: GLenum;
  readonly type: GLenum;
  /** Numbers in a texel as it is read. */
  readonly texel: number;
  readonly bytes: number;
}

/** `alive` throws once the reader is closed, or rejects if the numbers are no longer wanted. */
export async function readSlot(gpu: Gpu, slot: GpuSlot, into: Numbers, alive: () => unknown): Promise<void> {
  const { context } = gpu;
  const reading = context.use(() => readingOf(context, slot));
  const open: Promise<void>[] = [];
  for (const parts of buffers(slot, reading)) {
    if (open.length === UNDER_WAY) await open.shift();
    await alive();
    const one = readBuffer(context, slot, parts, reading, into, alive);
    // the first failure is awaited; the others must not be reported as unhandled
    one.catch(() => {});
    open.push(one);
  }
  for (const one of open) await one;
}

/**
 * The format that this GPU reads a format as: itself on nearly every GPU, though the specification only promises
 * four u32.
 */
function readingOf(context: Context, slot: GpuSlot): Reading {
  const { gl } = context;
  const { texel, dtype }: Format = slot.layout;
  const { format, type } = glFormat(gl, slot.layout);
  const key = `${texel} ${dtype}`;
  let asIs = context.readable.get(key);
  if (asIs === undefined) {
    context.drawInto(slot.texture, [0]);
    const offered = gl.getParameter(gl.IMPLEMENTATION_COLOR_READ_FORMAT) as number;
    asIs = offered === format && gl.getParameter(gl.IMPLEMENTATION_COLOR_READ_TYPE) === type;
    context.readable.set(key, asIs);
    context.detach();
  }
  if (asIs) return { format, type, texel, bytes: texel * (dtype === 'uint8' ? 1 : 4) };
  return { format: gl.RGBA_INTEGER, type: gl.UNSIGNED_INT, texel: 4, bytes: 16 };
}

/** The parts of a slot, grouped so that each group fits a buffer. */
function* buffers({ extent, layout }: GpuSlot, reading: Reading): Generator<Part[]> {
  let parts: Part[] = [];
  let offset = 0;
  for (let b = 0; b < extent.batch; b++) {
    for (const tile of tilesOf(extent, layout, b)) {
      const most = Math.max(1, Math.floor(BUFFER / (tile.width * reading.bytes)));
      for (let row = 0; row < tile.height; row += most) {
        const rows = Math.min(most, tile.height - row);
        const bytes = rows * tile.width * reading.bytes;
        if (offset + bytes > BUFFER && parts.length) {
          yield parts;
          parts = [];
          offset = 0;
        }
        const to = (b * extent.height + tile.y + row) * extent.width + tile.x;
        parts.push({ layer: tile.layer, top: tile.top + row, width: tile.width, rows, to, offset });
        offset += bytes;
      }
    }
  }
  yield parts;
}

async function readBuffer(
  context: Context,
  slot: GpuSlot,
  parts: readonly Part[],
  reading: Reading,
  into: Numbers,
  alive: () => unknown,
): Promise<void> {
  const { gl } = context;
  const last = parts[parts.length - 1];
  const buffer = context.made(gl.createBuffer());
  try {
    const fence = context.use(() => {
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
      gl.bufferData(gl.PIXEL_PACK_BUFFER, last.offset + last.rows * last.width * reading.bytes, gl.STREAM_READ);
      for (const { layer, top, width, rows, offset } of parts) {
        context.drawInto(slot.texture, [layer]);
        gl.readPixels(0, top, width, rows, reading.format, reading.type, offset);
      }
      context.detach();
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      const sync = context.made(gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0));
      gl.flush();
      return sync;
    });
    try {
      await passed(context, fence, alive);
    } finally {
      if (!context.lost) gl.deleteSync(fence);
      context.gone();
    }
    context.use(() => {
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, buffer);
      for (const part of parts) copy(gl, slot, part, reading, into);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
      // a buffer without memory yields zeros and an error; a host's context may also hold errors of the host
      const error = gl.getError();
      if (error === gl.OUT_OF_MEMORY || (error && error !== gl.CONTEXT_LOST_WEBGL && !context.host))
        throw new ChromaskError('out-of-memory', `webgl2: the GPU could not give its numbers back (error ${error})`);
    });
  } finally {
    if (!context.lost) gl.deleteBuffer(buffer);
    context.gone();
  }
}

/** Polls a fence by a timer, because waiting for the GPU would block the page. */
async function passed(context: Context, fence: WebGLSync, alive: () => unknown): Promise<void> {
  const { gl } = context;
  for (let pause = 0; ; pause = Math.min(pause + 1, 8)) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    await alive();
    context.check();
    const state = gl.clientWaitSync(fence, 0, 0);
    if (state === gl.ALREADY_SIGNALED || state === gl.CONDITION_SATISFIED) return;
    if (state === gl.WAIT_FAILED) {
      context.check();
      throw new ChromaskError('context-lost', 'webgl2: the GPU never finished');
    }
  }
}

/** Copies one part from the bound buffer to its place, as a whole if the types allow it, else number by number. */
function copy(gl: WebGL2RenderingContext, slot: GpuSlot, part: Part, reading: Reading, into: Numbers): void {
  const { channels, dtype, width } = slot.extent;
  const { rows, to, offset } = part;
  const floats = into instanceof Float32Array;
  const same = floats === (dtype === 'float32') && reading.bytes === channels * into.BYTES_PER_ELEMENT;
  if (same && (part.width === width || rows === 1)) {
    gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, offset, into, to * channels, rows * part.width * channels);
    return;
  }
  const count = rows * part.width * reading.texel;
  const raw = reading.bytes === reading.texel ? new Uint8Array(count) : new Uint32Array(count);
  gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, offset, raw);
  const out = floats && dtype === 'float32' ? new Uint32Array(into.buffer, into.byteOffset, into.length) : into;
  const units = floats && dtype === 'uint8' ? Float32Array.from({ length: 256 }, (_, v) => unit(v)) : undefined;
  let from = 0;
  for (let y = 0; y < rows; y++) {
    let at = (to + y * width) * channels;
    for (let x = 0; x < part.width; x++, from += reading.texel) {
      for (let c = 0; c < channels; c++) out[at++] = units ? units[raw[from + c]] : raw[from + c];
    }
  }
}
