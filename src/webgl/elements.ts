// Uploads pictures that a browser holds straight into a slot, without a 2-D canvas.

import { ChromaskError, classOf } from '../base/errors.js';
import type { Extent } from '../engine.js';
import { tilesOf } from './layout.js';
import { sampled } from './programs.js';
import type { Gpu } from './shared.js';
import type { GpuSlot, Slots } from './slots.js';

export async function importElement(
  gpu: Gpu,
  slots: Slots,
  source: TexImageSource,
  alive: () => void,
): Promise<GpuSlot> {
  const { width, height } = sizeOf(source);
  if (!width || !height) throw empty(source);
  const slot = slots.alloc({ batch: 1, height, width, channels: 4, dtype: 'uint8' });
  try {
    const tiles = [...tilesOf(slot.extent, slot.layout, 0)];
    for (const tile of tiles) {
      const part = tiles.length === 1 ? source : await cut(source, tile);
      alive();
      fill(gpu, slot, part, tile);
      if (part !== source && 'close' in part) part.close();
    }
    return slot;
  } catch (error) {
    slots.free(slot);
    throw error;
  }
}

/** Not every browser can upload to integer formats. All can upload to normalised bytes, which are copied exactly. */
function fill(
  { context, programs }: Gpu,
  slot: GpuSlot,
  source: TexImageSource,
  tile: { top: number; layer: number; width: number; height: number },
): void {
  context.use((gl) => {
    const texture = context.made(gl.createTexture());
    try {
      context.bindTexture(gl.TEXTURE_2D, texture);
      context.calm();
      gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
      gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, source);
      const error = gl.getError();
      if (error !== gl.NO_ERROR) {
        context.check();
        throw new ChromaskError('unsupported', `load: the browser gives no pixels of this element (${error})`);
      }
      context.drawIntoFlat(texture);
      if (gl.checkFramebufferStatus(gl.FRAMEBUFFER) !== gl.FRAMEBUFFER_COMPLETE) {
        context.check();
        // the upload gave nothing, and no error either
        throw empty(source);
      }
      const program = programs.find('import', () => programs.library.link(programs.library.root('lib/import')));
      context.drawInto(slot.texture, [tile.layer]);
      gl.viewport(0, tile.top, tile.width, tile.height);
      gl.useProgram(program.program);
      programs.draw(program, { picture: sampled(texture), corner: [0, tile.top] });
      context.detach();
    } finally {
      context.deleteTexture(texture);
    }
  });
}

function empty(source: TexImageSource): ChromaskError {
  const kind = classOf(source);
  return new ChromaskError('bad-argument', `load: source must show a picture by now, got one that does not: ${kind}`);
}

function cut(
  source: TexImageSource,
  tile: { x: number; y: number; width: number; height: number },
): Promise<ImageBitmap> {
  const options = { premultiplyAlpha: 'none', colorSpaceConversion: 'none' } as const;
  return createImageBitmap(source, tile.x, tile.y, tile.width, tile.height, options);
}

export function sizeOf(source: TexImageSource): Pick<Extent, 'width' | 'height'> {
  if ('displayWidth' in source) return { width: source.displayWidth, height: source.displayHeight };
  if ('videoWidth' in source) return { width: source.videoWidth, height: source.videoHeight };
  if ('naturalWidth' in source) return { width: source.naturalWidth, height: source.naturalHeight };
  return { width: source.width, height: source.height };
}
