// What draw shows, implemented from its description alone: colours that are not premultiplied, in 64-bit floats,
// means in integers. Imports nothing, because it also runs in a page.

export interface Picture {
  data: ArrayLike<number>;
  width: number;
  height: number;
  channels: number;
  floats?: boolean;
}

export interface Shown {
  tint?: readonly number[];
  opacity?: number;
  over?: Picture;
}

/** Bytes as they are seen: those of floats to the nearest, of two to the even one. */
export const seen = ({ data, floats }: Picture): Uint8ClampedArray =>
  Uint8ClampedArray.from(data, (v) => (floats ? 255 * v : v));

/** RGBA, straight. */
export function shown(picture: Picture, { tint, opacity = 1, over }: Shown = {}): Uint8ClampedArray {
  const n = picture.width * picture.height;
  const pixel = (of: Picture, bytes: Uint8ClampedArray, i: number): number[] => {
    const [r, g = r, b = r, a = 255] = bytes.subarray(i * of.channels, (i + 1) * of.channels);
    return [r, g, b, a];
  };
  const out = new Uint8ClampedArray(n * 4);
  const [top, below] = [seen(picture), over && seen(over)];
  const color = tint ?? (over && [255, 255, 255]);
  for (let i = 0; i < n; i++) {
    const [r, g, b, a] = pixel(picture, top, i);
    if (!color) {
      out.set([r, g, b, 255 * ((a / 255) * opacity)], i * 4);
      continue;
    }
    const cover = (r / 255) * opacity;
    const under = over && below ? pixel(over, below, i) : [0, 0, 0, 0];
    const rest = (under[3] / 255) * (1 - cover);
    const alpha = cover + rest;
    out.set([...color.map((c, k) => (c * cover + under[k] * rest) / (alpha || 1)), 255 * alpha], i * 4);
  }
  return out;
}

/** A smaller picture: means of the boxes that its pixels cover, in whole numbers, halves up. */
export function smaller(picture: Picture, width: number, height: number): Picture {
  const { channels } = picture;
  const bytes = seen(picture);
  const data = new Uint8Array(width * height * channels);
  const share = (i: number, small: number, at: number, large: number): bigint =>
    BigInt(Math.min((i + 1) * small, (at + 1) * large) - Math.max(i * small, at * large));
  const mean = (sum: bigint, of: bigint): number => (of ? Number((2n * sum + of) / (2n * of)) : 0);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sums = [0n, 0n, 0n, 0n];
      for (let i = Math.floor((y * picture.height) / height); i * height < (y + 1) * picture.height; i++) {
        for (let j = Math.floor((x * picture.width) / width); j * width < (x + 1) * picture.width; j++) {
          const weight = share(i, height, y, picture.height) * share(j, width, x, picture.width);
          const at = (i * picture.width + j) * channels;
          const alpha = channels === 4 ? bytes[at + 3] : 1;
          for (let c = 0; c < channels; c++) sums[c] += weight * BigInt(c < 3 ? bytes[at + c] * alpha : alpha);
        }
      }
      const area = BigInt(picture.width * picture.height);
      for (let c = 0; c < channels; c++) {
        data[(y * width + x) * channels + c] =
          c < 3 ? mean(sums[c], channels === 4 ? sums[3] : area) : mean(sums[3], area);
      }
    }
  }
  return { data, width, height, channels };
}
