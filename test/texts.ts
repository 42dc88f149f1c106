// Finds the file of a kernel or shader. An operation has one of its name in one of the folders.
import { readdirSync } from 'node:fs';

export function textOf(root: 'assembly' | 'glsl', file: string): string {
  const found = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path === file || (path.endsWith(`/${file}`) && !/(^|\/)lib\//.test(path)),
  );
  if (found.length !== 1) throw new Error(`${root} must have one ${file}, and has ${found.length}`);
  return `${root}/${found[0]}`;
}
