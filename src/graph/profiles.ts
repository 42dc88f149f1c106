// The colour profile of a picture: that of its file, which pictures made from it keep. Kept apart from nodes, so that none of this is
// loaded unless a profile is looked for.
import type { Node, Values } from './node.js';

/** What a file says of its colours. Nothing is computed by it: masks are made of the stored bytes, as the nodes make them. */
export interface Profile {
  /** `icc`: an ICC profile; `cicp`: the code points of ITU-T H.273. */
  readonly kind: 'icc' | 'cicp';
  /** What it calls itself; of code points, what they mean. */
  readonly name: string;
  /** The colours that a canvas can show as they are; `other` is every other space. */
  readonly space: 'srgb' | 'display-p3' | 'other';
  /** The whole ICC profile; or four code points: primaries, transfer, matrix, full range. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const profiles = new WeakMap<Node, Profile>();

export const setProfile = (source: Node, profile: Profile | undefined): unknown =>
  profile && profiles.set(source, profile);

/** The profile of a picture is that of the picture it was made from; of several, that of the first, the lower one. Masks have none. */
export function profileOf(node: Node): Profile | undefined {
  let one: Node | undefined = node;
  while (one && one.extent.channels > 1 && !profiles.has(one)) {
    const [first]: readonly Node[] = one.inputs;
    const { from }: Values = one.values;
    // a step that takes some pictures of a batch says which is the first
    one = first?.op === 'cat' && typeof from === 'number' ? partOf(first, from) : first;
  }
  return one && one.extent.channels > 1 ? profiles.get(one) : undefined;
}

/** Colours that canvases have beside sRGB; those of other profiles are shown as if they were sRGB. */
export const spaceOf = (node: Node): 'display-p3' | undefined =>
  profileOf(node)?.space === 'display-p3' ? 'display-p3' : undefined;

/** The part of a joined batch that has its picture `index`. */
function partOf(joined: Node, index: number): Node | undefined {
  let left = index;
  return joined.inputs.find((part) => {
    left -= part.extent.batch;
    return left < 0;
  });
}
