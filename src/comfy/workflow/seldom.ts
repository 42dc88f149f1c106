// Parts of the reader that few workflows need, loaded where one does: group nodes, and links that are not drawn.
import type { everywhere } from './everywhere.js';
import type { readGroup } from './groups.js';
import { groupName, isEverywhere } from './virtual.js';

export interface Seldom {
  readonly everywhere?: typeof everywhere;
  readonly readGroup?: typeof readGroup;
}

/** What a workflow with nodes of these types needs. */
export async function seldomFor(types: ReadonlySet<string>): Promise<Seldom> {
  const all = [...types];
  return {
    ...(all.some((type) => isEverywhere(type) || type === 'Seed Everywhere') && (await import('./everywhere.js'))),
    ...(all.some((type) => groupName(type) !== undefined) && (await import('./groups.js'))),
  };
}
