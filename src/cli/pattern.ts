// Patterns of paths: `*`, `?` and `**/`. A name is walked once, with one way back at a time: to where the last star was. What it costs
// is at most the product of the two lengths, for any pattern.

/** Whether a pattern with any number of stars fits all of the items; each star takes as little as it can. */
function fits<Part, Item>(
  pattern: readonly Part[],
  items: readonly Item[],
  isStar: (part: Part) => boolean,
  fitsOne: (part: Part, item: Item) => boolean,
): boolean {
  let [p, i, star, from] = [0, 0, -1, 0];
  while (i < items.length) {
    if (p < pattern.length && isStar(pattern[p])) {
      star = p++;
      from = i;
    } else if (p < pattern.length && fitsOne(pattern[p], items[i])) {
      p++;
      i++;
    } else if (star >= 0) {
      p = star + 1;
      i = ++from;
    } else return false;
  }
  while (p < pattern.length && isStar(pattern[p])) p++;
  return p === pattern.length;
}

/** A pattern as a question about paths with `/` between their parts. */
export function matcher(pattern: string): (path: string) => boolean {
  const parts = pattern.split('/').map((part) => (part === '**' ? part : [...part]));
  // at the end it means what `*` does: a folder is no picture
  if (parts.at(-1) === '**') parts[parts.length - 1] = ['*'];
  const name = (part: string | readonly string[], letters: readonly string[]): boolean =>
    typeof part !== 'string' &&
    fits(
      part,
      letters,
      (one) => one === '*',
      (one, letter) => one === '?' || one === letter,
    );
  return (path) =>
    fits(
      parts,
      path.split('/').map((part) => [...part]),
      (part) => part === '**',
      name,
    );
}
