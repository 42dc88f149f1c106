// What people see: a batch on a canvas or as an ImageBitmap. On the GPU nothing is read back; elsewhere kernels make the pixels.

import { type Color, channelsOf, colorOf } from '../base/color.js';
import { ChromaskError, classOf, refusal } from '../base/errors.js';
import { checkOne, checkOptions } from '../base/params.js';
import type { Pause } from '../base/pause.js';
import { pretended } from '../base/pretended.js';
import type { Engine, Look, Slot } from '../engine.js';
import type { Evaluator } from '../graph/evaluator.js';
import { evaluatorOf, nodeOf } from '../graph/held.js';
import { as, type Node } from '../graph/node.js';
import { spaceOf } from '../graph/profiles.js';
import { bitmapFrom, type Canvas, type Context2d, paintOn } from '../sinks/pixels.js';
import type { Batch } from './batch.js';

export interface ViewOptions {
  /** Which picture of the batch, counted from 0; 0 if left out. */
  index?: number | undefined;
  /** Show a mask as this colour, as opaque as it is light. Without it: gray. */
  tint?: Color | undefined;
  /** How much of the tint shows. 0 to 1; 1 if left out. */
  opacity?: number | undefined;
  /** A picture of the same size to show under the tint; for `draw` also true: over what is on the canvas. */
  over?: Batch | boolean | undefined;
  /** Ends the call, which then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
}

export interface TextureOptions {
  /** Which picture of the batch, counted from 0; 0 if left out. */
  index?: number | undefined;
  /** Ends the call, which then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
}

interface View {
  readonly evaluator: Evaluator;
  readonly node: Node;
  readonly under: Node | undefined;
  readonly look: Look;
  readonly signal: AbortSignal | undefined;
}

/** Show a batch on a canvas, in the size of the canvas. */
export function draw(batch: Batch, canvas: unknown, options?: ViewOptions): Promise<void> {
  const target = canvasOf(canvas);
  const view = viewOf('draw', batch, options);
  const { over, space } = view.look;
  const stay = over === true;
  const put = (own: Canvas): void => paste(own, target, stay, space);
  return showMade(view, async (engine, slot, look, pause) => {
    if (engine.screen?.showOn(target, slot, look)) return;
    if (engine.screen?.show) return engine.screen.show(slot, { ...look, over: stay ? undefined : look.over }, put);
    await painting(view.evaluator, engine, slot, look, (painter, pixels, seen) =>
      paintOn(contextOf(target, space), stay, painter, pixels, seen, pause, put),
    );
  });
}

/** Put a picture that was made elsewhere on a canvas. */
export async function show(
  batch: Batch,
  canvas: unknown,
  stay: boolean,
  make: () => Promise<ImageBitmap>,
): Promise<void> {
  const target = canvasOf(canvas);
  const bitmap = await make();
  paste(bitmap, target, stay, spaceOf(nodeOf(batch, 'draw')));
  bitmap.close();
}

export function toImageBitmap(batch: Batch, options?: ViewOptions): Promise<ImageBitmap> {
  const view = viewOf('toImageBitmap', batch, options);
  if (view.look.over === true) throw refusal('toImageBitmap', 'over', 'a picture', true);
  if (typeof createImageBitmap !== 'function')
    throw new ChromaskError('unsupported', 'toImageBitmap: there is no ImageBitmap here; bytes() has the same numbers');
  return showMade(view, async (engine, slot, look, pause) => {
    if (!engine.screen?.show) {
      return painting(view.evaluator, engine, slot, look, (painter, pixels, seen) =>
        bitmapFrom(painter, pixels, seen, pause),
      );
    }
    const take = (own: Canvas): Promise<ImageBitmap> | ImageBitmap =>
      'transferToImageBitmap' in own ? own.transferToImageBitmap() : createImageBitmap(own);
    return engine.screen.show(slot, look, take);
  });
}

/** A texture of the context that `open({ gl })` was given: R8 of a mask, RGBA8 of a picture; the caller deletes it. */
export function texture(batch: Batch, options?: TextureOptions): Promise<WebGLTexture> {
  const view = viewOf('texture', batch, options);
  const { evaluator, node, look, signal } = view;
  const bytes = as('uint8', node);
  const texture = evaluator.lend(
    bytes,
    (slot, engine) => {
      if (engine.screen) return engine.screen.texture(slot, look.index);
      throw new ChromaskError(
        'unsupported',
        `texture: ${engine.name} has no textures; open({ gl }) shares a context's`,
      );
    },
    signal,
  );
  return evaluator.passing(bytes, node, texture);
}

function viewOf(operation: string, batch: Batch, options: ViewOptions = {}): View {
  const node = nodeOf(batch, operation);
  const evaluator = evaluatorOf(batch, operation);
  checkOptions(operation, options, operation === 'texture' ? 'index signal' : 'index tint opacity over signal');
  const { over, signal } = options;
  signal?.throwIfAborted();
  const last = node.extent.batch - 1;
  const index = Number(checkOne(operation, 'index', { type: 'integer', default: 0, min: 0, max: last }, options.index));
  const opacity = Number(
    checkOne(operation, 'opacity', { type: 'number', default: 1, min: 0, max: 1 }, options.opacity),
  );
  const tint = options.tint === undefined ? undefined : channelsOf(colorOf(operation, 'tint', options.tint));
  const under = typeof over === 'object' ? nodeOf(over as Batch, operation) : undefined;
  if (under && (evaluator !== evaluatorOf(over as Batch, operation) || !sameSize(under, node))) {
    const { width, height } = node.extent;
    throw refusal(operation, 'over', `a picture of this device, ${width} x ${height}`, String(over), 'bad-shape');
  }
  return {
    evaluator,
    node: node,
    under,
    look: {
      index,
      tint: tint ?? (under && [255, 255, 255]),
      opacity,
      over: over === true,
      space: spaceOf(under ?? node),
    },
    signal,
  };
}

const sameSize = (a: Node, b: Node): boolean =>
  a.extent.width === b.extent.width && a.extent.height === b.extent.height;

/** Calls `use` with an engine that makes pixels in memory: an engine with kernels, if this one shares a host's canvas. */
function painting<T>(
  evaluator: Evaluator,
  engine: Engine,
  slot: Slot,
  look: Look,
  use: (engine: Engine, slot: Slot, look: Look) => Promise<T>,
): Promise<T> {
  if (engine.memory) return use(engine, slot, look);
  const { over } = look;
  return evaluator.elsewhere.lend(engine, slot, (copy, there) =>
    typeof over === 'object'
      ? evaluator.elsewhere.lend(engine, over, (under) => use(there, copy, { ...look, over: under }))
      : use(there, copy, look),
  );
}

/** Makes the batch to show, and the one under it, then shows them. */
function showMade<T>(
  view: View,
  show: (engine: Engine, slot: Slot, look: Look, pause?: Pause) => Promise<T> | T,
): Promise<T> {
  const { evaluator, node, under, look, signal } = view;
  if (!under) return evaluator.lend(node, (slot, engine, pause) => show(engine, slot, look, pause), signal);
  return evaluator.lend(
    node,
    (slot, engine) => evaluator.lend(under, (over, _, pause) => show(engine, slot, { ...look, over }, pause), signal),
    signal,
  );
}

function canvasOf(canvas: unknown): Canvas {
  if (['HTMLCanvasElement', 'OffscreenCanvas'].includes(classOf(canvas))) return canvas as Canvas;
  throw refusal('draw', 'canvas', 'a canvas', canvas);
}

function paste(from: Canvas | ImageBitmap, canvas: Canvas, stay: boolean, space: Look['space']): void {
  const context = contextOf(canvas, space);
  if (!stay) context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(from, 0, 0, canvas.width, canvas.height);
}

/**
 * The context of a canvas; one that was transferred, to a worker perhaps, has none. A new context gets this colour space. An existing
 * one keeps its own, and the browser converts what is drawn.
 */
function contextOf(canvas: Canvas, space?: Look['space']): Context2d {
  let context: Context2d | null;
  try {
    context = canvas.getContext('2d', space && { colorSpace: space }) as Context2d | null;
  } catch (cause) {
    const message = `draw: canvas must be one that can be drawn on from here, got one that cannot: ${classOf(canvas)}`;
    throw new ChromaskError('bad-argument', message, { cause });
  }
  if (context) return context;
  const lacking = pretended('draw', canvas, 'bytes() has the same numbers');
  if (lacking) throw lacking;
  throw new ChromaskError('unsupported', 'draw: the canvas is not a 2-D one, nor that of open({ gl })');
}
