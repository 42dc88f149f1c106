// Pictures: [B, H, W, C], bytes or floats, C = 1, 3 or 4.

import { refusal } from '../base/errors.js';
import { check, isPlain, type Options } from '../base/params.js';
import type { Dtype } from '../engine.js';
import { type Call, callFor, evaluatorOf, homeOf, nodeOf } from '../graph/held.js';
import type { Home } from '../graph/home.js';
import { as, asNamed, derive, isPremultiplied, type Node } from '../graph/node.js';
import { defineMeasures, type ImageMeasures } from '../measures/define.js';
import { type Channel, channelNames, channels, storedChannels } from '../ops/channelNames.js';
import { ops } from '../ops/index.js';
import type { OutOptions, PngOptions } from '../sinks/out.js';
import { Batch, catOf } from './batch.js';
import type { ColorMap, ColorMapOptions } from './colorMap.js';
import { type MaskBatch, maskOf } from './mask.js';
import { define, type ImageMethods } from './methods.js';
import { type ColorRangeOptions, colorRange, type WandOptions, wand } from './selectColors.js';

export interface ImageCompositeOptions extends Options<typeof ops.lay.params> {
  /** Of the other picture's size. */
  mask?: MaskBatch | undefined;
}

class Image extends Batch<ImageBatch> {
  readonly shape: readonly [number, number, number, number];
  protected readonly kind = 'image';

  /** @internal */
  constructor(node: Node, home: Home, call?: Call) {
    super(node, home, call);
    const { batch, height, width, channels } = node.extent;
    this.shape = [batch, height, width, channels];
  }

  get [Symbol.toStringTag](): string {
    return 'ImageBatch';
  }

  /** True where the picture came from a canvas, which keeps colours times alpha: some of what was under low alpha is lost. */
  get premultiplied(): boolean {
    return isPremultiplied(nodeOf(this, 'premultiplied'));
  }

  /** One batch after another; all of the same size, channels and type. */
  static cat(images: readonly ImageBatch[]): ImageBatch {
    const { node, home } = catOf('cat', images);
    return imageOf(node, home, callFor('cat', images));
  }

  /**
   * One channel as a mask. Red, green, blue and alpha of a float picture are its floats; all others are defined on bytes.
   * A picture without alpha is opaque.
   */
  channel(name: Channel): MaskBatch {
    const home = homeOf(this, 'channel');
    if (typeof name !== 'string' || !Object.hasOwn(channels, name)) {
      throw refusal('channel', 'name', `one of ${channelNames.join(', ')}`, name);
    }
    return maskOf(channelOf(nodeOf(this, 'channel'), name), home, callFor('channel', [this], { name }));
  }

  /**
   * This picture with another laid over it at x, y, where `mask` lets it: m * s + (1 - m) * d. Without a mask, as far as the
   * other's own alpha lets it. What hangs over the edge is cut.
   */
  composite(source: ImageBatch, options: ImageCompositeOptions = {}): ImageBatch {
    if (!(source instanceof Image)) throw refusal('composite', 'source', 'an image', source);
    if (!isPlain(options)) throw refusal('composite', 'options', 'an object with x, y, mask', options);
    const { mask, ...place }: ImageCompositeOptions = options;
    const at = check('composite', ops.lay.params, place);
    const over = source as ImageBatch;
    if (mask !== undefined) return this.self.lay(over.withAlpha(mask), at);
    if (over.shape[3] === 4) return this.self.lay(over, at);
    const white = { value: 1, width: over.shape[2], height: over.shape[1] };
    const opaque = maskOf(derive('solid', white), homeOf(this, 'composite'), callFor('solid', [], white));
    return this.self.lay(over.withAlpha(opaque.as(over.dtype)), at);
  }

  /**
   * White where a pixel's colour is near one of `colors`: up to `tolerance`, and fading to black over `softness` from there. Alpha
   * does not count.
   */
  colorRange(options: ColorRangeOptions): MaskBatch {
    const { node, values } = colorRange(nodeOf(this, 'colorRange'), options);
    return maskOf(node, homeOf(this, 'colorRange'), callFor('colorRange', [this], values));
  }

  /** The pixels near the colour at x, y, as `colorRange` selects them; if `contiguous`, only those connected with that pixel. */
  wand(options: WandOptions): MaskBatch {
    const { node, values } = wand(nodeOf(this, 'wand'), options);
    return maskOf(node, homeOf(this, 'wand'), callFor('wand', [this], values));
  }

  /**
   * One 0/1 mask for each of the most frequent colours of the first picture, of every picture of the batch: the masks of
   * the first colour, then of the second, ….
   */
  colorMap(options?: ColorMapOptions): Promise<ColorMap> {
    const [node, evaluator] = [nodeOf(this, 'colorMap'), evaluatorOf(this, 'colorMap')];
    // the options as they are at the call; the code that counts is loaded later
    const given = isPlain(options) ? { ...options } : options;
    return import('./colorMap.js').then(({ colorMap }) => colorMap(node, evaluator, given, this));
  }

  /** A single picture as a PNG, every byte of it as it is, colour under alpha 0 too. */
  toPng(options?: Omit<PngOptions, 'bitDepth' | 'polarity'>): Promise<Uint8Array<ArrayBuffer>> {
    return this.#png('toPng', options);
  }

  /** A single picture as a PNG in a Blob. */
  async toBlob(options?: Omit<PngOptions, 'bitDepth' | 'polarity'>): Promise<Blob> {
    return new Blob([await this.#png('toBlob', options)], { type: 'image/png' });
  }

  /** A single picture as RGBA pixels. */
  async toImageData(options?: OutOptions): Promise<ImageData> {
    nodeOf(this, 'toImageData');
    return (await import('../sinks/out.js')).imageData(this, options);
  }

  /** The same picture in the other element type: bytes as v / 255, floats by truncation. */
  as(dtype: Dtype): ImageBatch {
    return imageOf(asNamed('as', dtype, nodeOf(this, 'as')), homeOf(this, 'as'), callFor('as', [this], { dtype }));
  }

  async #png(operation: string, options?: Omit<PngOptions, 'bitDepth' | 'polarity'>): Promise<Uint8Array<ArrayBuffer>> {
    nodeOf(this, operation);
    return (await import('../sinks/out.js')).imagePng(operation, this.self, options);
  }

  /** @internal */
  protected like(node: Node, home: Home, call?: Call): ImageBatch {
    return imageOf(node, home, call);
  }
}

export type ImageBatch = Image & ImageMethods & ImageMeasures;
/** @internal */
type MadeImage = Pick<typeof Image, 'cat'> & (new (node: Node, home: Home, call?: Call) => ImageBatch);
/**
 * The class with the table's methods on it.
 * @internal
 */
export const MadeImage = /* @__PURE__ */ (() => {
  define(Image.prototype, 'image', (image, ...given) => (image ? imageOf : maskOf)(...given));
  defineMeasures(Image.prototype, 'image', maskOf);
  return Image as MadeImage;
})();

/** For `instanceof`, and for `cat`; a device alone makes its instances. */
export const ImageBatch = MadeImage as Pick<typeof Image, 'cat'> & (abstract new (...none: never[]) => ImageBatch);

export const imageOf = (node: Node, home: Home, call?: Call): ImageBatch =>
  home.classes?.image(node, call) ?? new MadeImage(node, home, call);

export function channelOf(image: Node, name: Channel): Node {
  if (image.extent.dtype === 'float32' && Object.hasOwn(storedChannels, name)) {
    const index = Object.keys(storedChannels).indexOf(name);
    return derive('plane', { index }, image);
  }
  return derive(channels[name], {}, as('uint8', image));
}
