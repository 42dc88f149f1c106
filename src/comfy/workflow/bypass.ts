// What a bypassed node passes on.
import type { SavedInput, SavedNode } from './sheet.js';

/**
 * The input that a bypassed node passes on: the one opposite the output if it fits both it and the input that asks, else the
 * first of the type asked for, else the first that fits. What asks for anything gets the opposite one, or the first.
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

/** As the front end compares types: some have several names, and some take anything. */
function compatible(a: unknown, b: unknown): boolean {
  const any = (type: unknown): boolean => !type || type === '*';
  if (any(a) || any(b) || a === b) return true;
  const names = (type: unknown): string[] => String(type).toLowerCase().split(',');
  return names(a).some((one) => any(one) || names(b).some((other) => any(other) || one === other));
}
