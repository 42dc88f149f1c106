// The name of a recipe's output: the same name, the same bytes, on any machine. The work is loaded when first asked for.
import type { RecipeData, WorkflowData } from '../graph/format.js';

/**
 * SHA-256 of a recipe in one canonical form, as hex: defaults filled in, in any order of keys. Recorded batch sizes do
 * not count. Refuses what `device.run` would refuse.
 */
export async function fingerprint(recipe: RecipeData | WorkflowData): Promise<string> {
  const [{ canonical }, { sha256 }] = await Promise.all([import('./read.js'), import('./sha256.js')]);
  return sha256(new TextEncoder().encode(canonical(recipe)));
}
