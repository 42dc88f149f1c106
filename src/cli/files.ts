// Files: found by pattern, written whole or not at all.
import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';

const PICTURES = /\.(png|jpe?g|webp|gif|avif|tiff?|bmp)$/i;

/** Files that a word of the command line means: a pattern, a folder (its pictures), or the word itself. */
export async function expand(word: string): Promise<string[]> {
  if (word === '-' || /^(https?|data|file):/i.test(word)) return [word];
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

/** A file appears under its name complete or not at all. Without `force` an existing one is never touched. */
export async function writeWhole(path: string, bytes: Uint8Array, force: boolean): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    throw Object.assign(new Error(`${dirname(path)} is a file, not a folder`), { code: 'ENOTDIR' });
  });
  const part = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  try {
    const file = await open(part, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    // a link fails where the name exists; a rename would replace what another process wrote in the meantime
    if (force) await rename(part, path);
    else await link(part, path).catch((error: NodeJS.ErrnoException) => linkless(error, part, path));
  } finally {
    await rm(part, { force: true });
  }
}

/** Some file systems have no links; there the name is looked at first. */
async function linkless(error: NodeJS.ErrnoException, part: string, path: string): Promise<void> {
  if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EMLINK'].includes(error.code ?? '')) throw error;
  if (await exists(path)) throw Object.assign(new Error(`EEXIST: ${path}`), { code: 'EEXIST' });
  await rename(part, path);
}

export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
