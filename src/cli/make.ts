// One picture to its masks: the only place of the command line that touches pixels, and only through the public face.
import { createHash } from 'node:crypto';
import type { Device, ImageBatch, MaskBatch } from 'chromask';
import type { Making } from './args.js';

export interface Made {
  /** The channel, or the colour as #rrggbb. */
  label: string;
  png: Uint8Array;
  width: number;
  height: number;
  /** Share of the picture that is white, 0..1. */
  coverage: number;
  ms: number;
}

/** Changes whenever the same picture and options may give other bytes. */
export const recipeVersion = 'chromask 1';

/** The keyword of the text that says so. */
export const recipeKey = 'chromask:recipe';

/** Names an output: the same recipe of the same bytes is the same file. */
export function fingerprint(file: Uint8Array, making: Making): string {
  const hash = createHash('sha256');
  hash.update(`${recipeVersion}\n${JSON.stringify(making)}\n`);
  return hash.update(file).digest('hex');
}

/** All masks of one picture, each as a PNG that carries the fingerprint. */
export async function make(device: Device, file: Uint8Array, making: Making, signal?: AbortSignal): Promise<Made[]> {
  const { rgba } = await device.load(file, { signal });
  const text = { [recipeKey]: fingerprint(file, making) };
  try {
    const masks = making.colors === undefined ? channelsOf(rgba, making) : await colorsOf(rgba, making);
    const made: Made[] = [];
    for (const { label, mask } of masks) {
      const start = performance.now();
      for (const [frame, one] of frames(mask)) {
        const [, height, width] = one.shape;
        const bytes = await one.bytes({ signal });
        const png = await one.toPng({ bitDepth: making.bits, text, signal });
        const ms = performance.now() - start;
        const coverage = bytes.reduce((sum, byte) => sum + byte, 0) / 255 / bytes.length;
        made.push({ label: label + frame, png, width, height, coverage, ms });
        one.dispose();
      }
    }
    return made;
  } finally {
    rgba.dispose();
  }
}

function* frames(mask: MaskBatch): Iterable<[string, MaskBatch]> {
  if (mask.shape[0] === 1) yield ['', mask];
  else for (let b = 0; b < mask.shape[0]; b++) yield [`.${b}`, mask.at(b)];
}

function channelsOf(image: ImageBatch, making: Making) {
  return making.channels.map((label) => ({ label: label as string, mask: toned(image.channel(label), making) }));
}

async function colorsOf(image: ImageBatch, making: Making) {
  const { masks, colors } = await image.colorMap({ minPixels: making.minPixels, maxCount: making.colors });
  const batch = image.shape[0];
  return colors.map((color, k) => {
    const label = `#${color.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
    return { label, mask: toned(masks.slice(k * batch, (k + 1) * batch), making) };
  });
}

/** The steps of the command line, always in this order. */
function toned(mask: MaskBatch, making: Making): MaskBatch {
  let out = mask;
  if (making.normalize) out = out.normalize();
  if (making.levels) out = out.levels(making.levels);
  if (making.threshold !== undefined) out = out.threshold({ value: making.threshold });
  if (making.invert) out = out.invert();
  if (making.grow) out = out.grow({ expand: making.grow });
  const n = making.feather;
  return n ? out.feather({ left: n, top: n, right: n, bottom: n }) : out;
}
