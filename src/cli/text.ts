// Texts from outside, file names above all, in a form that is safe to print.

/** Control characters would control the terminal, line ends would begin new lines, and direction marks can disguise a name. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu, (letter) => {
    const code = letter.charCodeAt(0).toString(16);
    return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`;
  });

/** A line of JSON. It is read by programs, and printed on terminals too: JSON itself leaves some control characters as they are. */
export const jsonLine = (value: unknown): string =>
  `${JSON.stringify(value).replace(/[\x7f-\x9f]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`)}\n`;

/** Without the mark that some editors put before the first line. */
export const unmarked = (text: string): string => text.replace(/^\uFEFF/, '');

/** The nearest of the words, if one is near enough: about one letter in three may differ. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  const ranked = words.map((one) => ({ one, far: one.startsWith(word) ? 1 : distance(word, one) }));
  const best = ranked.sort((a, b) => a.far - b.far)[0];
  return best && best.far <= Math.max(1, Math.floor(best.one.length / 3)) ? best.one : undefined;
}

/** Letters to put in, leave out, change, or exchange with their neighbour. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j], rows[i - 2][j - 2] + 1);
    }
    rows.push(row);
  }
  return rows[a.length][b.length];
}
