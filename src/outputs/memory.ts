// How a program that works on many pictures stays small. Only a program may do this: these are settings of the whole process.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const PNG = 0x89;
let known = false;

/** sharp keeps what it decoded, in case it is asked for again: no picture is. It is not loaded for a PNG file, which does without. */
export async function unkept(file: Uint8Array): Promise<void> {
  if (known || file[0] === PNG) return;
  known = true;
  // without it, loading the picture says so
  const sharp = await installed<{ default: { cache(on: boolean): unknown } }>('sharp').catch(() => undefined);
  sharp?.default.cache(false);
}

/** The name is no literal, so that no bundler looks for it. */
const installed = async <Module>(name: string): Promise<Module> => (await import(name)) as Module;

let collect: ((options: { type: 'minor' }) => void) | undefined;

/** Frees the arrays of a picture that is done. V8 does not know how large those of sharp are, and lets them pile up. */
export function swept(): void {
  if (!collect) setFlagsFromString('--expose-gc');
  collect ??= runInNewContext('gc') as (options: { type: 'minor' }) => void;
  collect({ type: 'minor' });
}
