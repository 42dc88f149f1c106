// Files that appear under their names complete or not at all.
import { createHash, randomBytes } from 'node:crypto';
import { readlinkSync } from 'node:fs';
import { link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/**
 * A file appears under its name complete or not at all. Without `force` an existing one is never touched. Until it is
 * complete it is in `parts`, a folder of the same disk. What is there and is no file is refused.
 */
export async function writeWhole(
  path: string,
  bytes: Uint8Array,
  force: boolean,
  parts: string = dirname(path),
): Promise<void> {
  await mkdir(dirname(path), { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    throw Object.assign(new Error(`${dirname(path)} is not a folder`), { code: 'ENOTDIR' });
  });
  await refuseOther(path);
  await mkdir(parts, { recursive: true });
  // the output's name is here only for people to read; it is cut so that the whole name is not too long for the disk
  const part = join(parts, `.${basename(path).slice(0, 40)}.${writer}.${randomBytes(6).toString('hex')}.part`);
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

/** Where process numbers are unique: a machine, or a container. */
const place = ((): string => {
  let space = '';
  try {
    space = readlinkSync('/proc/self/ns/pid');
  } catch {
    // not Linux: there are no containers to tell apart
  }
  return createHash('sha256').update(`${hostname()} ${space}`).digest('hex').slice(0, 8);
})();
/** The mark of chromask's unfinished files, with the process: other programs' files may end with `.part` too. */
const writer = `chromask-${place}-${process.pid}`;
const HOUR = 3_600_000;

/** Removes unfinished files of killed processes: of those known to be gone, and all that are an hour old. */
export async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const match = /^\..*\.chromask-([0-9a-f]{8})-(\d+)\.[0-9a-f]{12}\.part$/.exec(name);
    if (!match) continue;
    const [, where, pid] = match;
    const path = join(folder, name);
    const facts = await stat(path).catch(() => undefined);
    const gone = where === place && !isAlive(Number(pid));
    if (facts && (gone || Date.now() - facts.mtimeMs > HOUR)) await rm(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
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

/** A pipe has a name too, and reading it may never end. */
export const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  );

/** Refuses devices, pipes and folders: a rename would replace a device or a pipe, and fail on a folder with an unclear error. */
export async function refuseOther(path: string): Promise<void> {
  const facts = await stat(path).catch(() => undefined);
  if (!facts || facts.isFile()) return;
  const folder = facts.isDirectory();
  const kind = folder ? 'a folder' : facts.isFIFO() ? 'a pipe' : facts.isSocket() ? 'a socket' : 'a device';
  throw Object.assign(new Error(`${path} is ${kind}, not a file`), { code: folder ? 'EISDIR' : 'EINVAL' });
}

/** Whether two paths are one file. */
export async function same(a: string, b: string): Promise<boolean> {
  const [p, q] = await Promise.all([identity(a), identity(b)]);
  return p !== undefined && p === q;
}

/** The same for all paths of one file; undefined if there is none. */
export const identity = (path: string): Promise<string | undefined> =>
  stat(path, { bigint: true }).then(
    ({ dev, ino }) => `${dev}:${ino}`,
    () => undefined,
  );
