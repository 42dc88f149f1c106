// A picture on one device: what LoadImage gives of it, and what is asked of it again and again.

import { shownOf } from './masks.js';

/** More pixels than this are dragged over in a smaller copy, and shown in no more detail than the screen has. */
export const LARGE = 2 ** 22;
/** More than this are dragged over in a smaller copy if the mask is so soft that no detail is lost. */
export const SOFT = 2 ** 20;
/** Pixels of the smaller copy of a large picture, and of one whose mask is soft. */
const PREVIEW = 2 ** 20;
const SOFT_PREVIEW = 2 ** 19;

/** Decodes on one device, once; the others get its bytes. */
export async function read(device, source) {
  const { rgba, mask } = await device.load(source);
  const frames = rgba.shape[0];
  const first = frames > 1 ? rgba.at(0) : rgba;
  const [, height, width] = first.shape;
  const transparent = mask.shape[1] === height && mask.shape[2] === width;
  const bytes = await first.bytes();
  rgba.dispose();
  return { bytes, width, height, frames, transparent };
}

/** `stretched`: normalised channels by name, where they come from a larger copy of the same picture. */
export function place(device, { bytes, width, height, transparent }, stretched) {
  const rgba = device.image(bytes, [1, height, width, 4]);
  const image = rgba.removeAlpha();
  const alpha = rgba.channel('alpha');
  /** LoadImage's mask is 1 - alpha, so the alpha that a graph can have is 1 less that. */
  const opaque = transparent ? alpha.as('float32').invert().invert().as('uint8') : alpha;
  const known = new Map();
  /** The newest of a kind; what it was before is let go. */
  const kept = (kind, key, make) => {
    const found = known.get(kind);
    if (found?.key === key) return found.value;
    const value = make();
    known.set(kind, { key, value });
    return value;
  };
  const picture = {
    device,
    width,
    height,
    rgba,
    image,
    kept,
    channel: (name) => (name === 'alpha' ? opaque : image.channel(name)),
    /** Of a large picture the newest alone: each is as large as the picture. */
    stretched: (name) =>
      kept(
        width * height > LARGE ? 'stretched' : `stretched ${name}`,
        name,
        () => stretched?.(name) ?? picture.channel(name).normalize(),
      ),
    colorMap: (options) => kept('colorMap', JSON.stringify(options), () => image.colorMap(options)),
    /** The pictures that a recipe of these settings begins with. */
    inputs(work) {
      const masks = shownOf(work);
      const bases = masks.filter(({ marks }) => marks[0]?.how !== 'new');
      const reads = (one) => one.colors.length > 0 || one.channel !== 'alpha';
      const looks = masks.some(({ marks }) => marks.some(({ tool }) => tool === 'wand' || tool === 'file'));
      return {
        ...((looks || bases.some(reads)) && { picture: image }),
        ...(bases.some((one) => !reads(one)) && { rgba }),
      };
    },
    dispose: () => rgba.dispose(),
  };
  return picture;
}

/** A smaller copy to drag over, with the channels of the whole picture: stretched alike, so that nothing jumps at rest. */
export async function preview(whole, source) {
  const pixels = source.width * source.height;
  const scale = Math.sqrt((pixels > LARGE ? PREVIEW : SOFT_PREVIEW) / pixels);
  const [width, height] = [source.width, source.height].map((side) => Math.max(1, Math.round(side * scale)));
  const bytes = await whole.rgba.resize({ width, height, filter: 'box' }).bytes();
  const small = { bytes, width, height, transparent: source.transparent };
  return place(whole.device, small, (name) => whole.stretched(name).resize({ width, height }));
}

/** The same picture, no larger than a thumbnail: the mean of each box of pixels. */
export function reduced({ bytes, width, height, transparent }, most) {
  const step = Math.max(1, Math.ceil(Math.max(width / most, height / most)));
  const [w, h] = [Math.max(1, Math.floor(width / step)), Math.max(1, Math.floor(height / step))];
  const small = new Uint8Array(w * h * 4);
  const sums = [0, 0, 0, 0];
  const [dy, dx] = [Math.min(step, height), Math.min(step, width)];
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      sums.fill(0);
      for (let i = 0; i < dy; i++) {
        for (let at = ((y * step + i) * width + x * step) * 4, end = at + dx * 4; at < end; ) {
          for (let c = 0; c < 4; c++) sums[c] += bytes[at++];
        }
      }
      for (let c = 0; c < 4; c++) small[(y * w + x) * 4 + c] = sums[c] / (dy * dx);
    }
  }
  return { bytes: small, width: w, height: h, transparent };
}
