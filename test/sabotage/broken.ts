// Compiles kernels, some of them broken on purpose, with fewer optimisations.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';

/** Folders that other files share. */
const shared = ['lib', 'space'];
const flags = '--runtime stub --importMemory --noAssert --enable simd --optimizeLevel 1 --outFile broken.wasm'.split(
  ' ',
);

/** `changes` has, by file of assembly/, a text of it and what stands there instead. */
export async function broken(
  changes: Readonly<Record<string, readonly [string, string]>>,
): Promise<WebAssembly.Module> {
  const parts = readdirSync('assembly', { withFileTypes: true }).filter((one) => one.isDirectory());
  const folders = ['.', ...parts.map(({ name }) => name).filter((name) => !shared.includes(name))];
  const entries = folders.flatMap((folder) =>
    readdirSync(join('assembly', folder))
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join('assembly', folder, file)),
  );
  let binary: Uint8Array | undefined;
  const { error } = await asc.main([...entries, ...flags], {
    stderr: { write: () => {} },
    readFile: (file) => {
      if (!existsSync(file)) return null;
      const text = readFileSync(file, 'utf8');
      const change = changes[file.slice('assembly/'.length)];
      if (!change) return text;
      if (!text.includes(change[0])) throw new Error(`${file} no longer says ${change[0]}`);
      return text.replace(...(change as [string, string]));
    },
    writeFile: (_, made) => {
      if (made instanceof Uint8Array) binary = made;
    },
  });
  if (error) throw error;
  if (!binary) throw new Error('nothing was compiled');
  return new WebAssembly.Module(binary as BufferSource);
}
