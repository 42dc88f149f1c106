// How an output says what it is: a name in a text chunk of its PNG.
import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { fingerprint } from 'chromask';
import { readText } from 'chromask/png';
import type { AnyRecipe, Bits } from './picture.js';

/** The keyword of the text by which our PNG files are known. */
export const nameKey = 'chromask:recipe';

/** Names an output: the same recipe of the same file is the same bytes. */
export async function outputName(recipe: AnyRecipe, bits: Bits, file: Uint8Array): Promise<string> {
  return createHash('sha256')
    .update(`${await fingerprint(recipe)} ${bits}\n`)
    .update(file)
    .digest('hex');
}

/** Of several masks of one picture it says which, and of how many: from the first it is known whether all are there. */
export const frameName = (name: string, frame: number, count: number): string =>
  count > 1 ? `${name} ${frame}/${count}` : name;

/** `cat.0.png` may be the first of several masks of one picture, or the only one of another. */
export const isFrame = (name: string): boolean => / \d+\/\d+$/.test(name);

/** Whether all that would be made under a name is there. `nameAt` gives the name of the only mask, or of one of several. */
export async function isMade(name: string, nameAt: (frame?: number) => Promise<string | undefined>): Promise<boolean> {
  if ((await nameAt()) === name) return true;
  const first = await nameAt(0);
  const count = Number(/ 0\/(\d+)$/.exec(first ?? '')?.[1] ?? 0);
  if (count < 2 || first !== frameName(name, 0, count)) return false;
  for (let frame = 1; frame < count; frame++) {
    if ((await nameAt(frame)) !== frameName(name, frame, count)) return false;
  }
  return true;
}

/** The name in our mark; undefined if the file has none, or is cut off. */
export async function nameIn(png: Uint8Array): Promise<string | undefined> {
  const text = await readText(png).catch(() => []);
  return text.find(({ keyword }) => keyword === nameKey)?.text;
}

/** The mark of a file of chromask's that was cut off: not a name that an output could have. */
export const cutOff = 'cut off';

const SIGNATURE = '89504e470d0a1a0a';
const TEXTS = ['tEXt', 'zTXt', 'iTXt'];
const MOST_CHUNKS = 100_000;

/**
 * Whether a file is a PNG with our text chunk. By the heads of its chunks alone: one that was cut off is ours
 * still, and a large one costs little.
 */
export async function isOurs(path: string): Promise<boolean> {
  if (!(await stat(path)).isFile()) return false;
  const keyword = `${nameKey}\0`;
  const head = Buffer.alloc(8 + keyword.length);
  const file = await open(path);
  try {
    await file.read(head, 0, 8, 0);
    if (head.toString('hex', 0, 8) !== SIGNATURE) return false;
    for (let at = 8, count = 0; count < MOST_CHUNKS; count++) {
      const { bytesRead } = await file.read(head, 0, head.length, at);
      const type = head.toString('latin1', 4, 8);
      if (bytesRead < 8 || (type === 'IHDR') !== (count === 0) || type === 'IEND') return false;
      if (TEXTS.includes(type) && bytesRead === head.length && head.toString('latin1', 8) === keyword) return true;
      at += 12 + head.readUInt32BE(0);
    }
    return false;
  } finally {
    await file.close();
  }
}
