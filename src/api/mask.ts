// Masks: [B, H, W], bytes or floats. Most methods come from the operation table; the rest are made of those.

import { refusal } from '../base/errors.js';
import { check, type Options } from '../base/params.js';
import type { Dtype } from '../engine.js';
import { applied, operand } from '../graph/call.js';
import { type Call, callFor, homeOf, nodeOf } from '../graph/held.js';
import type { Home } from '../graph/home.js';
import { as, asNamed, derive, type Node } from '../graph/node.js';
import { type Polarity, polarityOf } from '../graph/polarity.js';
import { defineMeasures, type MaskMeasures } from '../measures/define.js';
import { ops } from '../ops/index.js';
import type { OutOptions, PngOptions } from '../sinks/out.js';
import type { CocoOptions, CocoRle } from '../sinks/rle.js';
import { Batch, catOf } from './batch.js';
import { imageOf } from './image.js';
import { define, type MaskMethods } from './methods.js';

export const compositeSchema = {
  /** Columns between the left edges. */
  x: ops.paste.params.x,
  /** Rows between the upper edges. */
  y: ops.paste.params.y,
  /** How the two masks become one. */
  operation: {
    type: 'choice',
    default: 'multiply',
    options: ['multiply', 'add', 'subtract', 'and', 'or', 'xor'],
  },
} as const;

export type CompositeOptions = Options<typeof compositeSchema>;

class Mask extends Batch<MaskBatch> {
  readonly shape: readonly [number, number, number];
  protected readonly kind = 'mask';

  /** @internal */
  constructor(node: Node, home: Home, call?: Call) {
    super(node, home, call);
    const { batch, height, width } = node.extent;
    this.shape = [batch, height, width];
  }

  get [Symbol.toStringTag](): string {
    return 'MaskBatch';
  }

  /** One batch after another; all of the same size and type. */
  static cat(masks: readonly MaskBatch[]): MaskBatch {
    const { node, home } = catOf('cat', masks);
    return maskOf(node, home, callFor('cat', masks));
  }

  /** The same mask in the other element type: bytes as v / 255, floats by truncation. */
  as(dtype: Dtype): MaskBatch {
    return maskOf(asNamed('as', dtype, nodeOf(this, 'as')), homeOf(this, 'as'), callFor('as', [this], { dtype }));
  }

  /**
   * Lay another mask over this one at x, y, combine the two there, and clamp the whole to 0..1, as the node MaskComposite
   * does. What hangs over the edge is cut.
   */
  composite(source: MaskBatch, options?: CompositeOptions): MaskBatch {
    const { x, y, operation } = check('composite', compositeSchema, options);
    const floor = as('float32', nodeOf(this, 'composite'));
    const patch = as('float32', operand('composite', this, source));
    if (patch.extent.batch !== 1 && patch.extent.batch !== floor.extent.batch) {
      throw refusal('composite', 'source', `${floor.extent.batch} or 1 masks`, patch.extent.batch, 'bad-shape');
    }
    const width = Math.min(patch.extent.width, floor.extent.width - x);
    const height = Math.min(patch.extent.height, floor.extent.height - y);
    const home = homeOf(this, 'composite');
    const given = (node: Node): MaskBatch =>
      maskOf(derive('clamp', {}, node), home, callFor('composite', [this, source], { x, y, operation }));
    if (width <= 0 || height <= 0) return given(floor);
    const under = applied('crop', { x, y, width, height }, floor);
    const over = applied('crop', { x: 0, y: 0, width, height }, patch);
    const joined = derive(operation, {}, under, over);
    const whole = under === floor ? joined : derive('paste', { x, y }, floor, joined);
    return given(whole);
  }

  /**
   * What white means, for a mask that came from a picture's alpha: `selected` where the picture is opaque, `transparent`
   * where it is not (LoadImage's mask). Undefined for every other mask.
   */
  get polarity(): Polarity | undefined {
    return polarityOf(nodeOf(this, 'polarity'));
  }

  /** A single mask as a gray PNG. */
  toPng(options?: PngOptions): Promise<Uint8Array<ArrayBuffer>> {
    return this.#png('toPng', options);
  }

  /** A single mask as a gray PNG in a Blob. */
  async toBlob(options?: PngOptions): Promise<Blob> {
    return new Blob([await this.#png('toBlob', options)], { type: 'image/png' });
  }

  /** A single mask as a gray PNG in a `data:` URL. */
  async toDataURL(options?: PngOptions): Promise<string> {
    const png = await this.#png('toDataURL', options);
    return (await import('../sinks/out.js')).dataUrl(png, options?.signal);
  }

  /** A single mask as opaque gray pixels. */
  async toImageData(options?: OutOptions): Promise<ImageData> {
    nodeOf(this, 'toImageData');
    return (await import('../sinks/out.js')).imageData(this, options);
  }

  /** The mask as a NumPy file, float32 [B, H, W]. */
  async toNpy(options?: OutOptions): Promise<Uint8Array<ArrayBuffer>> {
    nodeOf(this, 'toNpy');
    return (await import('../sinks/out.js')).maskNpy(this, options);
  }

  /** A single mask as COCO's run lengths, what is above the threshold (default 0.5) inside. */
  async toCocoRle(options?: CocoOptions): Promise<CocoRle> {
    nodeOf(this, 'toCocoRle');
    return (await import('../sinks/out.js')).cocoRle(this.self, options);
  }

  /** @internal */
  protected like(node: Node, home: Home, call?: Call): MaskBatch {
    return maskOf(node, home, call);
  }

  async #png(operation: string, options?: PngOptions): Promise<Uint8Array<ArrayBuffer>> {
    nodeOf(this, operation);
    return (await import('../sinks/out.js')).maskPng(operation, this.self, options);
  }
}

export type MaskBatch = Mask & MaskMethods & MaskMeasures;
/** @internal */
type MadeMask = Pick<typeof Mask, 'cat'> & (new (node: Node, home: Home, call?: Call) => MaskBatch);
/**
 * The class with the table's methods on it.
 * @internal
 */
export const MadeMask = /* @__PURE__ */ (() => {
  define(Mask.prototype, 'mask', (image, ...given) => (image ? imageOf : maskOf)(...given));
  defineMeasures(Mask.prototype, 'mask', (...given) => maskOf(...given));
  return Mask as MadeMask;
})();

/** For `instanceof`, and for `cat`; a device alone makes its instances. */
export const MaskBatch = MadeMask as Pick<typeof Mask, 'cat'> & (abstract new (...none: never[]) => MaskBatch);

export const maskOf = (node: Node, home: Home, call?: Call): MaskBatch =>
  home.classes?.mask(node, call) ?? new MadeMask(node, home, call);
