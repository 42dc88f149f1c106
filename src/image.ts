// Pictures: [B, H, W, C], bytes or floats, C = 1, 3 or 4.
import { Batch, homeOf, joined, type ReadOptions, recipeOf, type Tensor } from './batch.js';
import { type Channel, channelNames, channels, storedChannels } from './channels.js';
import { type ColorMap, type ColorMapOptions, colorMap } from './colors.js';
import type { Dtype } from './engine.js';
import { refusal } from './errors.js';
import type { Home } from './home.js';
import { applied, asked, type MaskBatch, maskOf, operandOf } from './mask.js';
import { ops } from './ops.js';
import { check, type Options } from './params.js';
import { as, derive, type Recipe } from './recipe.js';

export class ImageBatch extends Batch<ImageBatch> {
  readonly shape: readonly [number, number, number, number];
  protected readonly kind = 'image';

  /** @internal */
  constructor(recipe: Recipe, home: Home) {
    super(recipe, home);
    const { batch, height, width, channels } = recipe.extent;
    this.shape = [batch, height, width, channels];
  }

  /** One batch after another; all of the same size, channels and type. */
  static cat(images: readonly ImageBatch[]): ImageBatch {
    const { recipe, home } = joined('cat', images);
    return new ImageBatch(recipe, home);
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
    return maskOf(channelOf(recipeOf(this, 'channel'), name), home);
  }

  /**
   * One 0/1 mask for each of the most frequent colours of the first picture, of every picture of the batch: the masks of
   * the first colour, then of the second, ….
   */
  colorMap(options?: ColorMapOptions): Promise<ColorMap> {
    return colorMap(this, options);
  }

  /** 1 where a pixel, clamped to 0..1 and rounded to bytes, is this colour (0xRRGGBB). */
  colorMask(options?: Options<typeof ops.colorMask.params>): MaskBatch {
    const recipe = as('float32', recipeOf(this, 'colorMask'));
    return maskOf(
      derive('colorMask', check('colorMask', ops.colorMask.params, options), recipe),
      homeOf(this, 'colorMask'),
    );
  }

  /** The same picture in the other element type: bytes as v / 255, floats by truncation. */
  as(dtype: Dtype): ImageBatch {
    return this.like(asked(dtype, recipeOf(this, 'as')), homeOf(this, 'as'));
  }

  /** The picture without its alpha. */
  rgb(): ImageBatch {
    const recipe = recipeOf(this, 'rgb');
    return this.shape[3] === 3 ? this : this.like(derive('rgb', {}, recipe), homeOf(this, 'rgb'));
  }

  /** The picture with this mask as its alpha; red, green and blue stay as they are. */
  withAlpha(mask: MaskBatch): ImageBatch {
    const other = operandOf('withAlpha', this, mask);
    return this.like(applied('withAlpha', {}, recipeOf(this, 'withAlpha'), other), homeOf(this, 'withAlpha'));
  }

  /** `{ data, dims }` with dims [B, H, W, C]. */
  async channelLast(options?: ReadOptions<Float32Array>): Promise<Tensor> {
    return { data: await this.data(options), dims: [...this.shape] };
  }

  /** `{ data, dims }` with dims [B, C, H, W], the order of most models. */
  async channelFirst(options?: ReadOptions<Float32Array>): Promise<Tensor> {
    const [batch, height, width, channels] = this.shape;
    const plane = height * width;
    const last = await this.data({ signal: options?.signal });
    const data = options?.into ?? new Float32Array(last.length);
    if (data.length !== last.length) throw refusal('channelFirst', 'into', `a Float32Array of ${last.length}`, data);
    for (let b = 0, from = 0; b < batch; b++) {
      for (let i = 0; i < plane; i++) {
        for (let c = 0; c < channels; c++) data[(b * channels + c) * plane + i] = last[from++];
      }
    }
    return { data, dims: [batch, channels, height, width] };
  }

  /** `{ data, dims }` with dims [H, W, C] of a single picture. */
  async squeeze(options?: ReadOptions<Float32Array>): Promise<Tensor> {
    const [batch, ...dims] = this.shape;
    if (batch !== 1) throw refusal('squeeze', 'batch', '1 (take one with at(b))', batch, 'bad-shape');
    return { data: await this.data(options), dims };
  }

  protected like(recipe: Recipe, home: Home): ImageBatch {
    return new ImageBatch(recipe, home);
  }
}

export function channelOf(image: Recipe, name: Channel): Recipe {
  if (image.extent.dtype === 'float32' && Object.hasOwn(storedChannels, name)) {
    const index = Object.keys(storedChannels).indexOf(name);
    return derive('plane', { index }, image);
  }
  return derive(channels[name], {}, as('uint8', image));
}
