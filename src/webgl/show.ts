// Shows a slot on a canvas, as an ImageBitmap, or as a texture, without reading it back.

import { ChromaskError } from '../base/errors.js';
import type { Look } from '../engine.js';
import type { Canvas } from './context.js';
import { isPlain } from './layout.js';
import { positions } from './passes.js';
import { sampled } from './programs.js';
import { byPosition } from './shader.js';
import type { Gpu } from './shared.js';
import type { GpuSlot } from './slots.js';
import { layOver } from './state.js';

/** The same for slots of this engine. */
export interface OwnLook extends Look {
  readonly over?: GpuSlot | boolean;
}

/** Draws on chromask's own canvas. The caller takes the picture before the next one is drawn. */
export function showOnOwn(gpu: Gpu, slot: GpuSlot, look: OwnLook): Canvas {
  const { canvas, gl } = gpu.context;
  const { width, height } = slot.extent;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  if (gl.drawingBufferWidth < width || gl.drawingBufferHeight < height) {
    gpu.context.check();
    throw new ChromaskError('limit', `draw: a canvas of this GPU cannot be ${width} x ${height}`);
  }
  // the canvas is returned as it is now; browsers without drawingBufferColorSpace only know sRGB
  if ('drawingBufferColorSpace' in gl) gl.drawingBufferColorSpace = look.space ?? 'srgb';
  paint(gpu, slot, look);
  return canvas;
}

/** Draws on the host's canvas, over its drawing buffer and at its size. */
export function showOnHost(gpu: Gpu, slot: GpuSlot, look: OwnLook): void {
  const { context } = gpu;
  const { alpha, premultipliedAlpha } = context.gl.getContextAttributes() ?? {};
  const straight = alpha === true && premultipliedAlpha === false;
  if (!straight || look.over !== true) return paint(gpu, slot, look, { straight });
  // the GPU cannot blend two colours that are not premultiplied, so the shader reads the canvas and blends
  context.use((gl) => {
    const below = context.made(gl.createTexture());
    try {
      context.bindTexture(gl.TEXTURE_2D, below);
      gl.bindFramebuffer(gl.FRAMEBUFFER, null);
      gl.copyTexImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, 0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight, 0);
      paint(gpu, slot, look, { straight, below });
    } finally {
      context.deleteTexture(below);
    }
  });
}

interface Onto {
  /** A texture of the host's. Without one, its canvas. */
  target?: WebGLTexture;
  straight?: boolean;
  below?: WebGLTexture;
}

function paint(gpu: Gpu, slot: GpuSlot, look: OwnLook, { target, straight = false, below }: Onto = {}): void {
  const { context, programs } = gpu;
  const over = typeof look.over === 'object' ? look.over : undefined;
  context.use((gl) => {
    const program = programs.find(`show ${describe(slot)} ${over ? describe(over) : ''} ${below !== undefined}`, () =>
      shader(gpu, slot, over, below !== undefined),
    );
    const { width, height } = target ? slot.extent : { width: gl.drawingBufferWidth, height: gl.drawingBufferHeight };
    if (target) context.drawIntoFlat(target);
    else gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.viewport(0, 0, width, height);
    gl.useProgram(program.program);
    if (look.over === true && context.host && !below) layOver(gl, true);
    const tint = (look.tint ?? [255, 255, 255]).map((value) => value / 255);
    programs.draw(program, {
      ...positions('source', slot),
      ...(over ? positions('other', over) : {}),
      ...(below ? { beneath: sampled(below) } : {}),
      view: [look.index, target ? 0 : 1],
      target: [width, height],
      tint: [...tint, look.opacity],
      look: target ? 3 : over ? 2 : look.tint ? 1 : 0,
      straight: Number(straight),
    });
    layOver(gl, false);
    if (target) context.detach();
  });
}

/** A texture of the host's context: R8 for a mask, RGBA8 for a picture. The host deletes it. */
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
    paint(gpu, slot, { index, opacity: 1 }, { target: texture });
    context.gone();
    return texture;
  });
}

const describe = ({ extent, layout }: GpuSlot): string => `${extent.channels}${extent.dtype}${isPlain(layout)}`;

function shader({ programs: { library } }: Gpu, slot: GpuSlot, over: GpuSlot | undefined, below: boolean): string {
  const under = over ?? slot;
  return library.link(library.root('lib/show'), [
    ...byPosition('source', slot),
    ...byPosition('other', under),
    `const int CHANNELS = ${slot.extent.channels};`,
    `const bool FLOATS = ${slot.extent.dtype === 'float32'};`,
    `const int OTHER_CHANNELS = ${under.extent.channels};`,
    `const bool OTHER_FLOATS = ${under.extent.dtype === 'float32'};`,
    ...(below ? ['uniform sampler2D beneath;'] : []),
    below
      ? 'vec4 below() { vec4 v = texelFetch(beneath, ivec2(gl_FragCoord.xy), 0); return vec4(v.rgb * v.a, v.a); }'
      : 'vec4 below() { return vec4(0.0); }',
  ]);
}
