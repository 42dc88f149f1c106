// Waits for a context that was lost.
import type { Engine } from '../engine.js';

/** What a device on a GPU leaves to WASM, in a sentence. */
export const LACKS =
  'webgl2: distinct colours (colorMap) and what depends on all of a picture (fillHoles, wand, distance, …) are the work of WASM, on a copy that is read back; so are medians beyond 7 pixels, and means of areas of more than 4096';

/** How long, in milliseconds, it may take to come back. */
const PATIENCE = 2000;

/** Whether it came back in time. `why` gets the reason if not, and no longer says what is true of a GPU. */
export async function restored(lost: Engine, why: string[]): Promise<boolean> {
  const said = why.indexOf(LACKS);
  if (said >= 0) why.splice(said, 1);
  const back = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), PATIENCE);
    lost.life?.on('restored', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
  if (!back) why.push(`webgl2: the context was lost and not restored within ${PATIENCE} ms`);
  return back;
}
