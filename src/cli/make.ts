// One picture to its masks: options become recipes, and recipes PNG files.
import type { Device, RecipeData } from 'chromask';
import { outputName } from '../outputs/mark.js';
import { swept, unkept } from '../outputs/memory.js';
import { type AnyRecipe, applied, type Made as Png, pngs } from '../outputs/picture.js';
import type { Making } from './args.js';

export interface Made extends Omit<Png, 'frame'> {
  /** The channel, or the colour as #rrggbb. */
  label: string;
}

/** A kind of mask, known before the picture is read. */
export interface Want {
  label: string;
  recipe: AnyRecipe;
}

type Step = Pick<RecipeData['steps'][number], 'op' | 'params'>;

/** The recipe of `--recipe`, that of what is selected, or one for each channel. Colours have none: their labels are in the picture. */
export function wantsOf(making: Making): Want[] {
  if (making.recipe) return [making.recipe];
  if (making.colors !== undefined) return [];
  const one = (label: string, step: Step): Want => ({ label, recipe: chain('image', [step, ...tones(making)]) });
  const { picking } = making;
  if (picking) return [one(picking.op === 'wand' ? 'wand' : 'range', picking)];
  return making.channels.map((label) => one(label, channel(label)));
}

/** Several masks of one picture are counted. */
export const frameLabel = (label: string, frame: number | undefined): string =>
  frame === undefined ? label : `${label}.${frame}`;

/** All masks of one picture, each as a PNG that carries its name. */
export async function make(device: Device, file: Uint8Array, making: Making, signal?: AbortSignal): Promise<Made[]> {
  await unkept(file);
  const loaded = await device.load(file, { signal });
  const made: Made[] = [];
  const all = async (label: string, recipe: AnyRecipe, batch: Awaited<ReturnType<typeof applied>>): Promise<void> => {
    const { bits, svg } = making;
    const name = await outputName(recipe, bits, file);
    for await (const { frame, ...png } of pngs(batch, { bits, svg, name, signal })) {
      made.push({ label: frameLabel(label, frame), ...png });
    }
  };
  try {
    for (const { label, recipe } of wantsOf(making)) {
      await all(label, recipe, await applied(device, recipe, file, loaded, signal));
    }
    if (making.colors === undefined) return made;
    const params = { minPixels: making.minPixels, maxCount: making.colors };
    const whole = chain('image', [{ op: 'colorMap', params }, ...tones(making)], 3);
    // of the picture without its alpha, as the node is given it
    const { masks, colors } = await loaded.image.colorMap({ ...params, signal });
    const toned = await device.run(chain('mask', tones(making)), { mask: masks });
    const batch = loaded.image.shape[0];
    for (const [k, color] of colors.entries()) {
      const label = `#${color.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
      await all(label, whole, toned.slice(k * batch, (k + 1) * batch));
    }
    return made;
  } finally {
    loaded.rgba.dispose();
    swept();
  }
}

/** Steps one after another; `channels` where it matters that a picture has so many. */
function chain(kind: 'image' | 'mask', steps: readonly Step[], channels?: number): RecipeData {
  const all = steps.map((step, i) => ({ ...step, inputs: [i] }));
  const shape = channels ? { shape: [1, 1, 1, channels] } : {};
  return { chromask: 2, inputs: [{ name: kind, kind, ...shape }], steps: all, output: steps.length };
}

const channel = (name: string): Step => ({ op: 'channel', params: { name } });

/** The steps of the command line, always in this order, which --help tells. */
function tones(making: Making): Step[] {
  const { normalize, levels, threshold, invert, fillHoles, removeSmall: area, grow, blur, fadeEdges: n } = making;
  const steps: (Step | false | undefined)[] = [
    normalize && { op: 'normalize' },
    levels && { op: 'levels', params: levels },
    threshold !== undefined && { op: 'threshold', params: { value: threshold } },
    invert && { op: 'invert' },
    fillHoles && { op: 'fillHoles' },
    area !== 0 && { op: 'removeSmall', params: { area } },
    grow.expand !== 0 && { op: 'grow', params: grow },
    blur !== 0 && { op: 'blur', params: { radius: blur } },
    n !== 0 && { op: 'fadeEdges', params: { left: n, top: n, right: n, bottom: n } },
  ];
  return steps.filter((step): step is Step => typeof step === 'object');
}
