// Files that appear under their names complete or not at all.
import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * A file appears under its name complete or not at all. Without `force` an existing one is never touched. Until it is
 * complete it is in `parts`, a folder of the same disk.
 */
export async function writeWhole(
  path: string,
  bytes: Uint8Array,
  force: boolean,
  parts: string = dirname(path),
): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    throw Object.assign(new Error(`${dirname(path)} is a file, not a folder`), { code: 'ENOTDIR' });
  });
  await mkdir(parts, { recursive: true });
  const part = join(parts, `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
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
