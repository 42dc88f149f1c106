// Files, found by pattern.
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

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
  const pattern = expression(words.slice(fixed.length).join('/'));
  const files = await walk(root).catch(() => []);
  return files.filter((file) => pattern.test(relative(root, file).split(sep).join('/')));
}

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return files.sort();
}

function expression(pattern: string): RegExp {
  const source = pattern.replace(/\*\*\/|\*|\?|[.+^${}()|[\]\\]/g, (part) => {
    if (part === '**/') return '(?:.*/)?';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}
