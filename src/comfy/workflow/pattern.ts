// Patterns that a workflow brings along. They are other people's, so only those are used that end soon on any text.

/** Longer names are no names. */
const LONGEST = 200;

/**
 * A test of a name by a regular expression, or undefined of one that cannot be read or could take without end: with what repeats
 * inside what repeats, with more than three that repeat, or with references back.
 */
export function pattern(text: string): ((name: string) => boolean) | undefined {
  // what is escaped or in a class repeats nothing
  const bare = text.replace(/\\[^1-9k]/gs, 'x').replace(/\[[^\]]*\]/gs, 'x');
  const repeats = bare.match(/[*+]|\{/g)?.length ?? 0;
  if (text.length > LONGEST || repeats > 3 || /\\|\)[*+{]/.test(bare)) return undefined;
  try {
    const expression = new RegExp(text);
    return (name) => expression.test(name.slice(0, LONGEST));
  } catch {
    return undefined;
  }
}
