// What white means in a mask that came from a picture's alpha: `selected` where the picture is opaque, `transparent` where it is not.
import type { Node } from './node.js';

export type Polarity = 'selected' | 'transparent';

/** Follows a mask back to the alpha it came from; every inversion on the way turns the meaning round. */
export function polarityOf(node: Node): Polarity | undefined {
  let turned = false;
  for (let at: Node | undefined = node; at; at = at.inputs[0]) {
    const said = at.op === 'cat' ? 'keeps' : at.row?.polarity;
    const polarity = typeof said === 'function' ? said(at.values as never) : said;
    if (polarity === 'begins') return turned ? 'transparent' : 'selected';
    if (polarity === undefined) return undefined;
    if (polarity === 'turns') turned = !turned;
  }
  return undefined;
}
