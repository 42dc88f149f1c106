// The checks before pictures are added, so that all of them enter the queue or none.
import { ChromaskError } from 'chromask';
import { namesOf, type Picture } from './data.js';
import type { Notes } from './notes.js';

/** The names of all pictures. Refuses two with the same output. */
export async function collected(pictures: Iterable<Picture> | AsyncIterable<Picture>): Promise<Required<Picture>[]> {
  const all: Required<Picture>[] = [];
  const outputs = new Set<string>();
  for await (const picture of pictures) {
    const names = namesOf(picture);
    if (outputs.has(names.output)) throw mistake(`two pictures would write ${JSON.stringify(names.output)}`);
    outputs.add(names.output);
    all.push(names);
  }
  return all;
}

/** Refuses masks in place of pictures of this call or of an earlier one. Workers check against their own stores. */
export async function refuseReplacing(all: readonly Required<Picture>[], notes: Notes): Promise<void> {
  const inputs = new Set(all.map(({ input }) => input));
  const others = all.filter(({ input, output }) => input !== output);
  const before = await notes.read(others.map(({ output }) => output));
  const one = others.find(({ output }, i) => inputs.has(output) || before[i]);
  if (!one) return;
  const [input, output] = [one.input, one.output].map((name) => JSON.stringify(name));
  throw mistake(
    `the mask of ${input} would replace ${output}, a picture of this queue; name another output, or say from and to where masks go elsewhere`,
  );
}

/** Refuses outputs that were added with another recipe. */
export async function refuseRemaking(all: readonly Required<Picture>[], maker: string, notes: Notes): Promise<void> {
  const before = await notes.makers(all.map(({ output }) => output));
  const changed = all.filter((_, i) => before[i] !== '' && before[i] !== maker);
  if (!changed.length) return;
  const [{ output }] = changed;
  const count = changed.length === 1 ? 'one output' : `${changed.length} outputs`;
  throw mistake(
    `${count} of these, ${JSON.stringify(output)} first, were added before with another recipe or other bits; force (--force) replaces the masks`,
  );
}

const mistake = (text: string): ChromaskError => new ChromaskError('bad-argument', `queue: ${text}`);
