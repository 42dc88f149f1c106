// Regular expressions in a workflow. They come from others, so only those that end quickly on any text are used.

/** The longest name that is tested. */
const LONGEST = 200;

/**
 * A test of a name by a regular expression; undefined if the expression is invalid or could take very long: nested
 * repetition, more than three repetitions, or back-references.
 */
export function pattern(text: string): ((name: string) => boolean) | undefined {
  // escaped characters and classes cannot repeat by themselves
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
