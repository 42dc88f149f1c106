// What a bypassed node passes on.
import type { SavedInput, SavedNode } from './sheet.js';

/**
 * The input that a bypassed node passes on to an output: the one at the same position if its type fits both ends,
 * else the first of the reader's type, else the first that fits. A reader that takes any type gets the one at the
 * same position, or the first.
 */
export function bypass(node: SavedNode, slot: number, type: unknown): SavedInput | undefined {
  const { inputs } = node;
  if (type === '*' || type === '') return inputs[slot] ?? inputs[0];
  const output = node.outputTypes[slot];
  const fits = (input: SavedInput | undefined): boolean =>
    input !== undefined && compatible(input.type, output) && compatible(input.type, type);
  if (fits(inputs[slot])) return inputs[slot];
  return inputs.find((input) => input.type === type) ?? inputs.find(fits);
}

/** Compares types as the front end does: a type may list several names or accept any. */
function compatible(a: unknown, b: unknown): boolean {
  const any = (type: unknown): boolean => !type || type === '*';
  if (any(a) || any(b) || a === b) return true;
  const names = (type: unknown): string[] => String(type).toLowerCase().split(',');
  return names(a).some((one) => any(one) || names(b).some((other) => any(other) || one === other));
}
