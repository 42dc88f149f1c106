// What people see of a slot, without reading it back: on a canvas, as an ImageBitmap, as a texture.
import type { Look } from '../engine.js';
import { ChromaskError } from '../errors.js';
import type { Canvas } from './context.js';
import { isPlain } from './layout.js';
import { positions } from './passes.js';
import { byPosition } from './shader.js';
import type { Gpu } from './shared.js';
import type { GpuSlot } from './slots.js';

/** The same with the slots that are ours. */
export interface OwnLook extends Look {
  readonly over?: GpuSlot | boolean;
}

/** Draw on our own canvas, for the caller to take away before anybody else draws. */
export function showOnOwn(gpu: Gpu, slot: GpuSlot, look: OwnLook): Canvas {
  const { context } = gpu;
  const { width, height } = slot.extent;
  const { canvas } = context;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  paint(gpu, slot, look, true);
  return canvas;
}

/** Draw on the host's canvas, over its drawing buffer. */
export function showOnHost(gpu: Gpu, slot: GpuSlot, look: OwnLook): void {
  paint(gpu, slot, look, true);
}

function paint(gpu: Gpu, slot: GpuSlot, look: OwnLook, flipped: boolean, target?: WebGLTexture): void {
  const { context, programs } = gpu;
  const { width, height } = slot.extent;
  const over = typeof look.over === 'object' ? look.over : undefined;
  context.use((gl) => {
    if (!target && (gl.drawingBufferWidth < width || gl.drawingBufferHeight < height)) {
      throw new ChromaskError('limit', `draw: a canvas of this GPU cannot be ${width} x ${height}`);
    }
    const program = programs.find(`show ${describe(slot)} ${over ? describe(over) : ''}`, () =>
      shader(gpu, slot, over),
    );
    if (target) context.aimFlat(target);
    else gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.viewport(0, 0, width, height);
    gl.useProgram(program.program);
    if (look.over === true && context.host && !target) {
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      gl.blendEquation(gl.FUNC_ADD);
    }
    const tint = (look.tint ?? [255, 255, 255]).map((value) => value / 255);
    programs.draw(program, {
      ...positions('source', slot),
      ...(over ? positions('other', over) : {}),
      view: [look.index, flipped ? 1 : 0, height],
      tint: [...tint, look.opacity],
      look: target ? 3 : over ? 2 : look.tint ? 1 : 0,
    });
    gl.disable(gl.BLEND);
    if (target) context.unaim();
  });
}

/** A texture of the host's context, R8 of a mask and RGBA8 of a picture. It is the host's to delete. */
export function textureOf(gpu: Gpu, slot: GpuSlot, index: number): WebGLTexture {
  const { context } = gpu;
  const { width, height, channels } = slot.extent;
  if (Math.max(width, height) > context.room.side) {
    throw new ChromaskError('limit', `texture: ${width} x ${height} is more than the ${context.room.side} of this GPU`);
  }
  return context.use((gl) => {
    const texture = context.made(gl.createTexture());
    context.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, channels === 1 ? gl.R8 : gl.RGBA8, width, height);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
    paint(gpu, slot, { index, opacity: 1 }, false, texture);
    context.gone();
    return texture;
  });
}

const describe = ({ extent, layout }: GpuSlot): string => `${extent.channels}${extent.dtype}${isPlain(layout)}`;

function shader({ programs: { library } }: Gpu, slot: GpuSlot, over: GpuSlot | undefined): string {
  const under = over ?? slot;
  return library.link(library.root('lib/show'), [
    ...byPosition('source', slot),
    ...byPosition('other', under),
    `const int CHANNELS = ${slot.extent.channels};`,
    `const bool FLOATS = ${slot.extent.dtype === 'float32'};`,
    `const int OTHER_CHANNELS = ${under.extent.channels};`,
    `const bool OTHER_FLOATS = ${under.extent.dtype === 'float32'};`,
  ]);
}
