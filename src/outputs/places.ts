// Where a path leads: the same for all paths of one place, links followed, whether a file is there already or not.
import { readdir, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

/** A folder as the disk knows it, under whichever of its names, and which of its entries are links. */
interface Folder {
  id: string;
  /** Unknown where it may not be listed. */
  links?: ReadonlySet<string>;
}

/** As many links in a row as Linux follows. */
const MOST_LINKS = 40;

export interface Places {
  of(path: string): Promise<string>;
  folder(path: string): Promise<string>;
}

/** Reads each folder once, however many files are in question: a run may have a million names. */
export function places(): Places {
  const known = new Map<string, Promise<Folder>>();
  const folder = (path: string): Promise<Folder> => {
    const found = known.get(path) ?? look(path);
    known.set(path, found);
    return found;
  };

  async function look(path: string): Promise<Folder> {
    const facts = await stat(path, { bigint: true }).catch(() => undefined);
    // it will be made, with no links in it
    if (!facts) return { id: dirname(path) === path ? path : await follow(path, MOST_LINKS), links: new Set() };
    const id = `${facts.dev}:${facts.ino}`;
    const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
    if (!entries) return { id };
    return { id, links: new Set(entries.filter((entry) => entry.isSymbolicLink()).map(({ name }) => name)) };
  }

  async function follow(path: string, most: number): Promise<string> {
    const parent = await plain(dirname(path));
    const name = basename(path);
    const { id, links } = await folder(parent);
    if (most > 0 && (!links || links.has(name))) {
      const target = await readlink(join(parent, name)).catch(() => undefined);
      if (target !== undefined) return follow(resolve(await realpath(parent), target), most - 1);
    }
    return `${id}/${name}`;
  }

  return { of: (path) => follow(path, MOST_LINKS), folder: async (path) => (await folder(await plain(path))).id };
}

/** `..` behind a link leads above the link's target, which the text of a path does not show: then the disk is asked. */
const plain = async (folder: string): Promise<string> =>
  folder.split(/[\\/]/).includes('..') ? realpath(folder).catch(() => resolve(folder)) : resolve(folder);
