// One picture through a recipe to PNG files, and the names of what comes out. Shared by the command line and the queue.
import { ChromaskError, type Device, fingerprint, type ImageBatch, type MaskBatch, type RecipeData } from 'chromask';
import { runRecipe } from 'chromask/comfy';
import { frameName, nameKey } from './mark.js';
import { svgOf } from './svg.js';

/** A recipe of either kind. */
export type AnyRecipe = Parameters<typeof fingerprint>[0];
export type Bits = 1 | 8 | 16;
export type Loaded = Awaited<ReturnType<Device['load']>>;

export interface Made {
  /** Of several masks of one picture: which. */
  frame?: number;
  png: Uint8Array;
  width: number;
  height: number;
  /** Share of the picture that is white, 0..1. */
  coverage: number;
  ms: number;
  /** Where it was asked for: the outline of what is above one half, as a file. */
  svg?: { file: string; ms: number };
}

/** What a recipe makes of a picture: its image input gets the picture, its mask input what LoadImage gives, 1 - alpha. */
export async function applied(
  device: Device,
  recipe: AnyRecipe,
  file: Uint8Array,
  loaded: Loaded | undefined,
  signal?: AbortSignal,
): Promise<ImageBatch | MaskBatch> {
  if ('workflow' in recipe) {
    const inputs = Object.fromEntries(recipe.inputs.map(({ name }) => [name, file]));
    return runRecipe(device, recipe, inputs, { signal });
  }
  const { rgba, image, mask } = loaded ?? (await device.load(file, { signal }));
  const given: Record<string, ImageBatch | MaskBatch> = {};
  for (const { name, kind, shape } of recipe.inputs) {
    given[name] = kind === 'mask' ? mask : shape?.[3] === 3 ? image : rgba;
  }
  return device.run(recipe, given, { signal });
}

/** Refuses what is not a recipe, and a recipe that needs more than one picture. */
export async function checkRecipe(recipe: AnyRecipe): Promise<void> {
  await fingerprint(recipe);
  const most: Record<string, number> = { image: 1, mask: 1, file: 1 };
  for (const { kind } of (recipe as RecipeData).inputs) {
    if (--most[kind] >= 0) continue;
    throw new ChromaskError('bad-argument', `recipe: inputs must be one ${kind}, to run it on many pictures`);
  }
}

/** Every mask of a batch as a PNG that carries its name, and as an outline that does. */
export async function* pngs(
  batch: ImageBatch | MaskBatch,
  { bits, svg: outlined, name, signal }: { bits: Bits; svg?: boolean; name: string; signal?: AbortSignal },
): AsyncGenerator<Made> {
  const count = batch.shape[0];
  for (let frame = 0; frame < count; frame++) {
    const start = performance.now();
    const own = frameName(name, frame, count);
    const text = { [nameKey]: own };
    const one = batch.at(frame);
    const [, height, width] = one.shape;
    const bytes = await one.bytes({ signal });
    const png =
      'channel' in one ? await one.toPng({ text, signal }) : await one.toPng({ bitDepth: bits, text, signal });
    const ms = performance.now() - start;
    const coverage = sumOf(bytes) / 255 / bytes.length;
    const svg = outlined ? await outlineOf(one, own, signal) : undefined;
    one.dispose();
    yield { ...(count > 1 ? { frame } : {}), ...(svg ? { svg } : {}), png, width, height, coverage, ms };
  }
}

/** A third of the time that `reduce` takes. */
function sumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < bytes.length; i++) sum += bytes[i];
  return sum;
}

async function outlineOf(one: ImageBatch | MaskBatch, name: string, signal?: AbortSignal): Promise<Made['svg']> {
  if ('channel' in one) throw new ChromaskError('bad-argument', 'svg: a mask has an outline, and a picture has none');
  const start = performance.now();
  const [, height, width] = one.shape;
  const file = svgOf(await one.toSvgPath({ signal }), { width, height, name });
  return { file, ms: performance.now() - start };
}
