// Files, found by pattern or in a folder. Links are followed, and each file is found once.
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { matcher } from './pattern.js';

const PICTURES = /\.(png|jpe?g|webp|gif|avif)$/i;

/** Files that a word of the command line means: a pattern, a folder (its pictures), or the word itself. */
export async function expand(word: string): Promise<string[]> {
  if (word === '-' || /^(https?|data):/i.test(word)) return [word];
  if (/^file:/i.test(word)) return [fileURLToPath(word)];
  const facts = await stat(word).catch(() => undefined);
  if (facts?.isDirectory()) return (await walk(word)).filter((file) => PICTURES.test(file));
  if (facts || !/[*?]/.test(word)) return [word];
  const words = word.split(/[\\/]/);
  const fixed = words.slice(
    0,
    words.findIndex((part) => /[*?]/.test(part)),
  );
  const root = fixed.length ? fixed.join(sep) || sep : '.';
  const fits = matcher(words.slice(fixed.length).join('/'));
  const files = await walk(root).catch(() => []);
  return files.filter((file) => fits(relative(root, file).split(sep).join('/')));
}

/** All files; those that only links lead to come last, so that a file with a name of its own here keeps it. */
async function walk(root: string): Promise<string[]> {
  const found = new Set<string>();
  /** Real paths of what was found and of folders that were looked into. */
  const seen = new Set<string>();
  const links: string[] = [];
  const find = (path: string, real: string): void => {
    if (!seen.has(real)) found.add(path);
    seen.add(real);
  };
  const look = async (folder: string): Promise<void> => {
    const real = await realpath(folder);
    if (seen.has(real)) return;
    seen.add(real);
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await look(path);
      else if (entry.isSymbolicLink()) links.push(path);
      else if (entry.isFile()) find(path, join(real, entry.name));
    }
  };
  await look(root);
  for (let link = links.sort().shift(); link !== undefined; link = links.shift()) {
    const facts = await stat(link).catch(() => undefined);
    if (facts?.isDirectory()) await look(link);
    // a link that leads nowhere is kept: reading it fails, and the failure is reported
    if (facts && !facts.isFile()) continue;
    find(link, facts ? await realpath(link) : link);
  }
  return [...found].sort();
}
