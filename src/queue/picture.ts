// One picture of a job: read, made, written; or left alone where it is there already.
import { ChromaskError, type Device } from 'chromask';
import { outputName } from '../work/mark.js';
import { type AnyRecipe, applied, type Bits, pngs } from '../work/picture.js';
import type { Connection } from './bull.js';
import type { Picture } from './data.js';
import type { Store, StoreSpec } from './stores.js';

/** What a worker tells its processes. */
export interface Settings {
  name: string;
  connection?: Connection;
  from: StoreSpec;
  to: StoreSpec;
  device?: 'auto' | 'webgl2' | 'wasm';
  force?: boolean;
}

export async function makeOne(
  device: Device,
  { from, to }: { from: Store; to: Store },
  { input, output }: Required<Picture>,
  { recipe, bits, force }: { recipe: AnyRecipe; bits: Bits; force: boolean },
  signal?: AbortSignal,
): Promise<'made' | 'skipped'> {
  const file = await from.read(input, signal);
  const name = await outputName(recipe, bits, file);
  const there = await to.mark(output);
  if (there === name) return 'skipped';
  if (there === '' && !force) throw new ChromaskError('bad-argument', `queue: ${output} exists and is none of ours`);
  const loaded = 'workflow' in recipe ? undefined : await device.load(file, { signal });
  try {
    const batch = await applied(device, recipe, file, loaded, signal);
    for await (const { frame, png } of pngs(batch, { bits, name, signal })) {
      await to.write(frame === undefined ? output : output.replace(/\.png$/i, `.${frame}.png`), png, name);
    }
    return 'made';
  } finally {
    loaded?.rgba.dispose();
  }
}

/** Codes of ours that say more of the machine than of the picture. */
const OF_THE_MACHINE = ['out-of-memory', 'context-lost', 'closed', 'no-device'];
/** Answers that will be the same tomorrow. */
const FINAL = ['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG', 'NoSuchKey', 'NotFound'];

/** Whether it may go better another time. */
export function passing(error: unknown): boolean {
  if (error instanceof ChromaskError) return OF_THE_MACHINE.includes(error.code);
  const { code, name } = error as { code?: unknown; name?: unknown };
  return !FINAL.includes(String(code)) && !FINAL.includes(String(name));
}
