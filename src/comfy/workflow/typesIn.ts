// The classes that a workflow of either format names, found before it is read so that their packs can load first.
import { isPlain } from '../../base/params.js';
import { own } from './json.js';
import { BYPASSED } from './virtual.js';

/** Stands for all bypassed nodes; no class has this name. */
export const BYPASS = '';

/** Strings where a class may stand. The reader checks everything else. */
export function typesIn(json: Record<string, unknown>): Set<string> {
  const types = new Set<string>();
  const add = (node: unknown): void => {
    const type = isPlain(node) ? (own(node, 'class_type') ?? own(node, 'type')) : undefined;
    if (typeof type === 'string') types.add(type);
    if (isPlain(node) && own(node, 'mode') === BYPASSED) types.add(BYPASS);
    const properties = isPlain(node) ? own(node, 'properties') : undefined;
    // a node of any type may have been converted to one of these
    if (isPlain(properties) && own(properties, 'ue_convert') === true) types.add('Anything Everywhere');
  };
  const addAll = (sheet: unknown): void => {
    const nodes = isPlain(sheet) ? own(sheet, 'nodes') : undefined;
    if (Array.isArray(nodes)) nodes.forEach(add);
  };
  for (const node of Object.values(json)) add(node);
  addAll(json);
  const [definitions, extra] = [own(json, 'definitions'), own(json, 'extra')];
  const subgraphs = isPlain(definitions) ? own(definitions, 'subgraphs') : undefined;
  if (Array.isArray(subgraphs)) subgraphs.forEach(addAll);
  const groups = isPlain(extra) ? own(extra, 'groupNodes') : undefined;
  if (isPlain(groups)) Object.values(groups).forEach(addAll);
  return types;
}
