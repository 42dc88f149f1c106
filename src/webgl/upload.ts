// Uploads numbers to textures unchanged.
import type { Numbers } from '../engine.js';
import { glFormat } from './formats.js';
import { type Tile, tilesOf } from './layout.js';
import type { Gpu } from './shared.js';
import type { GpuSlot } from './slots.js';

/** Rows of about this many bytes are uploaded together, because a browser copies them before it returns. */
const BAND = 2 ** 23;

export function writeSlot({ context }: Gpu, slot: GpuSlot, pixels: Numbers): void {
  const { extent, layout } = slot;
  const words =
    pixels instanceof Float32Array ? new Uint32Array(pixels.buffer, pixels.byteOffset, pixels.length) : pixels;
  const { batch, height, width, channels } = extent;
  context.use((gl) => {
    const { format, type } = glFormat(gl, layout);
    context.bindTexture(gl.TEXTURE_2D_ARRAY, slot.texture);
    gl.bindBuffer(gl.PIXEL_UNPACK_BUFFER, null);
    const rows = Math.max(1, Math.floor(BAND / (width * words.BYTES_PER_ELEMENT * 4)));
    for (let b = 0; b < batch; b++) {
      for (const tile of tilesOf(extent, layout, b)) {
        for (let row = 0; row < tile.height; row += rows) {
          const count = Math.min(rows, tile.height - row);
          const from = ((b * height + tile.y + row) * width + tile.x) * channels;
          const part = channels === 3 ? opaque(words, from, width, tile, count) : words.subarray(from);
          gl.pixelStorei(gl.UNPACK_ROW_LENGTH, channels === 3 ? 0 : width);
          const top = tile.top + row;
          gl.texSubImage3D(gl.TEXTURE_2D_ARRAY, 0, 0, top, tile.layer, tile.width, count, 1, format, type, part);
        }
      }
    }
    gl.pixelStorei(gl.UNPACK_ROW_LENGTH, 0);
  });
}

/** Adds the fourth channel that textures have to rows of three channels. */
function opaque(
  words: Uint8Array | Uint32Array,
  from: number,
  width: number,
  tile: Tile,
  rows: number,
): Uint8Array | Uint32Array {
  const bytes = words instanceof Uint8Array;
  const out = bytes ? new Uint8Array(tile.width * rows * 4) : new Uint32Array(tile.width * rows * 4);
  const full = bytes ? 255 : 0x3f800000;
  let to = 0;
  for (let y = 0; y < rows; y++) {
    let at = from + y * width * 3;
    for (let x = 0; x < tile.width; x++) {
      out[to++] = words[at++];
      out[to++] = words[at++];
      out[to++] = words[at++];
      out[to++] = full;
    }
  }
  return out;
}
