// One picture of a job: reads it, makes the mask and writes it, unless the mask exists already.
import { ChromaskError, type Device } from 'chromask';
import { cutOff, frameName, isFrame, isMade, outputName } from '../outputs/mark.js';
import { swept, unkept } from '../outputs/memory.js';
import { type AnyRecipe, applied, type Bits, pngs } from '../outputs/picture.js';
import { isLate, readTimeout, within } from '../outputs/reading.js';
import type { Connection } from './bull.js';
import type { Picture } from './data.js';
import type { Kept } from './kept.js';
import { type Store, type StoreSpec, sameObject } from './stores.js';

/** The settings that a worker passes to its processes. */
export interface Settings {
  name: string;
  connection?: Connection;
  from: StoreSpec;
  to: StoreSpec;
  device?: 'auto' | 'webgl2' | 'wasm';
  force?: boolean;
  readTimeout?: number;
}

export interface How {
  recipe: AnyRecipe;
  bits: Bits;
  force: boolean;
  kept?: Kept | undefined;
  /** Milliseconds in which the picture must be read. */
  ms?: number | undefined;
}

export async function makeOne(
  device: Device,
  { from, to }: { from: Store; to: Store },
  { input, output }: Required<Picture>,
  { recipe, bits, force, kept, ms = readTimeout }: How,
  signal?: AbortSignal,
): Promise<'made' | 'skipped'> {
  const file = await within(ms, input, (signal) => from.read(input, signal), signal);
  const name = await outputName(recipe, bits, file);
  const nameAt = (frame?: number): string =>
    frame === undefined ? output : output.replace(/\.png$/i, `.${frame}.png`);
  const marks = new Map<string, Promise<string | undefined>>();
  const markOf = (one: string): Promise<string | undefined> => {
    const known = marks.get(one) ?? to.mark(one);
    marks.set(one, known);
    return known;
  };
  if (await isMade(name, (frame) => markOf(nameAt(frame)))) return 'skipped';
  await unkept(file);
  const loaded = 'workflow' in recipe ? undefined : await device.load(file, { signal });
  try {
    const batch = await applied(device, recipe, file, loaded, signal);
    const count = batch.shape[0];
    const names = Array.from({ length: count }, (_, frame) => nameAt(count > 1 ? frame : undefined));
    // check all names before the first is written
    for (const one of names) {
      if (await sameObject(from, input, to, one))
        throw refused(one, 'is the picture itself; give the mask another name');
      if (await kept?.isRead(one)) throw refused(one, 'is a picture that a job of this queue reads');
      const there = force ? undefined : await markOf(one);
      if (there === '') throw refused(one, 'exists and was not written by chromask');
      if (there === undefined || there === cutOff) continue;
      if (isFrame(there) !== count > 1) throw refused(one, 'exists, a mask of another picture');
    }
    for await (const { frame = 0, png } of pngs(batch, { bits, name, signal })) {
      await to.write(names[frame], png, frameName(name, frame, count));
    }
    return 'made';
  } finally {
    loaded?.rgba.dispose();
    swept();
  }
}

const refused = (name: string, why: string): ChromaskError =>
  new ChromaskError('bad-argument', `queue: ${name} ${why}`);

/** Error codes about the machine, not the picture. */
const OF_THE_MACHINE = ['out-of-memory', 'context-lost', 'closed', 'no-device'];
/** Error codes that would be the same at a later try. */
const FINAL = ['ENOENT', 'EISDIR', 'EINVAL', 'ENOTDIR', 'ENAMETOOLONG', 'NoSuchKey', 'NotFound'];

/** Whether a later try may succeed. */
export function passing(error: unknown): boolean {
  if (isLate(error)) return true;
  if (error instanceof ChromaskError) return OF_THE_MACHINE.includes(error.code);
  const { code, name } = error as { code?: unknown; name?: unknown };
  return !FINAL.includes(String(code)) && !FINAL.includes(String(name));
}
