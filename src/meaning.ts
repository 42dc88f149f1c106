// What white means in a mask that came from alpha: `selected` where the picture is opaque, `transparent` where it is not.
import type { Recipe } from './recipe.js';

export type Meaning = 'selected' | 'transparent';

const KEPT = new Set([
  'floats',
  'bytes',
  'take',
  'cat',
  'column',
  'crop',
  'feather',
  'grow',
  'resize',
  'clamp',
  'threshold',
  'levels',
]);

/** Follows a mask back to the alpha it came from; every inversion on the way turns the meaning round. */
export function meaningOf(recipe: Recipe): Meaning | undefined {
  let turned = false;
  for (let at: Recipe | undefined = recipe; at; at = at.inputs[0]) {
    if (at.op === 'invert') turned = !turned;
    else if (at.op === 'alpha' || (at.op === 'plane' && at.values.index === 3))
      return turned ? 'transparent' : 'selected';
    else if (!KEPT.has(at.op)) return undefined;
  }
  return undefined;
}
