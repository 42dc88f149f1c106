// Words as pixels: letters of ASCII as glyphs.ts has them; any other is a box.
import { inflateSync } from 'node:zlib';
import { grays, ROWS, widths } from './glyphs.js';

interface Glyph {
  width: number;
  /** Row after row, 0 to 15. */
  grays: readonly number[];
}

const FIRST = ' '.charCodeAt(0);
let known: Glyph[] | undefined;

function glyphs(): Glyph[] {
  if (known) return known;
  const packed = inflateSync(Buffer.from(grays, 'base64'));
  const nibbles = Array.from({ length: packed.length * 2 }, (_, i) => (packed[i >> 1] >> (i & 1 ? 0 : 4)) & 15);
  let at = 0;
  known = Array.from(widths, (letter) => {
    const width = letter.charCodeAt(0) - 'a'.charCodeAt(0);
    const from = at;
    at += width * ROWS;
    return { width, grays: nibbles.slice(from, at) };
  });
  return known;
}

const BOX: Glyph = {
  width: 9,
  grays: Array.from({ length: 9 * ROWS }, (_, i) => {
    const [x, y] = [i % 9, Math.floor(i / 9)];
    const [inside, edge] = [x > 0 && x < 8 && y > 2 && y < 13, x === 1 || x === 7 || y === 3 || y === 12];
    return inside && edge ? 12 : 0;
  }),
};

/** A line of text, in grays of 0 to 15. */
export function written(text: string): { width: number; height: number; grays: Uint8Array } {
  const line = Array.from(text, (letter) => glyphs()[letter.charCodeAt(0) - FIRST] ?? BOX);
  const width = line.reduce((sum, one) => sum + one.width, 0);
  const made = new Uint8Array(width * ROWS);
  let left = 0;
  for (const { width: own, grays } of line) {
    for (let y = 0; y < ROWS; y++) made.set(grays.slice(y * own, (y + 1) * own), y * width + left);
    left += own;
  }
  return { width, height: ROWS, grays: made };
}
