// Waits for a lost context to be restored.
import type { Engine } from '../engine.js';

/** What devices on a GPU leave to WASM, in a sentence. */
export const LACKS =
  'webgl2: distinct colours (colorMap) and what depends on all of a picture (fillHoles, wand, distance, …) are the work of WASM, on a copy that is read back; so are medians beyond 7 pixels, and means of areas of more than 4096';

/** Milliseconds to wait for restoration. */
const PATIENCE = 2000;

/** Whether the context came back in time. Removes LACKS from `why`; if it did not come back, adds the reason. */
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
