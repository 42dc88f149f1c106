// Parts of the reader that few workflows need, loaded on demand: group nodes, links that are not drawn, bypassed
// nodes.
import type { bypass } from './bypass.js';
import type { everywhere } from './everywhere.js';
import type { groupWidgets, readGroup } from './groups.js';
import { BYPASS } from './typesIn.js';
import { groupName, isEverywhere } from './virtual.js';

export interface Seldom {
  readonly bypass?: typeof bypass;
  readonly everywhere?: typeof everywhere;
  readonly readGroup?: typeof readGroup;
  readonly groupWidgets?: typeof groupWidgets;
}

/** Loads what a workflow with nodes of these types needs. */
export async function seldomFor(types: ReadonlySet<string>): Promise<Seldom> {
  const all = [...types];
  return {
    ...(types.has(BYPASS) && (await import('./bypass.js'))),
    ...(all.some((type) => isEverywhere(type) || type === 'Seed Everywhere') && (await import('./everywhere.js'))),
    ...(all.some((type) => groupName(type) !== undefined) && (await import('./groups.js'))),
  };
}
