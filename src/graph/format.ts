// Recipes as plain data: what `mask.recipe()` gives, `device.run` takes and `fingerprint` names.

import type { Value } from '../base/params.js';
import type { Dtype } from '../engine.js';

/** Version of the format. */
export const FORMAT = 2;
/** Versions that are read. */
export const READ: readonly unknown[] = [1, FORMAT];
/** Inputs and steps of a recipe: more than any person or program makes; a small file could ask for billions. */
export const MOST = 10_000;

export interface InputData {
  readonly name: string;
  readonly kind: 'image' | 'mask';
  /** The element type it was recorded in; what is given is brought to it. */
  readonly dtype?: Dtype | undefined;
  /** The shape it was recorded with. Others may be given. */
  readonly shape?: readonly number[] | undefined;
}

export interface StepData {
  /** A method of images or masks by its own name, or `cat`, `solid`. */
  readonly op: string;
  readonly params?: Readonly<Record<string, Value>> | undefined;
  /** What it reads: inputs first, then steps, counted on from the last input. Only what comes before it. */
  readonly inputs: readonly number[];
}

/** A mask or picture as calls of the public face. */
export interface RecipeData {
  readonly chromask: number;
  /** Which year's FeatherMask `fadeEdges` means, in recipes of before. */
  readonly compat?: string | undefined;
  readonly inputs: readonly InputData[];
  readonly steps: readonly StepData[];
  /** Which input or step is the result, counted as in `inputs` of a step. */
  readonly output: number;
}

/** A workflow of chromask/comfy. Its inputs are the picture files that it names. */
export interface WorkflowData {
  readonly chromask: number;
  readonly compat?: string | undefined;
  readonly inputs: readonly { readonly name: string; readonly kind: 'file' }[];
  /** The graph, in either of its formats. */
  readonly workflow: Readonly<Record<string, unknown>>;
  /** The mask to give; left out, the only one the workflow ends in. */
  readonly output?: { readonly id: string; readonly slot?: number | undefined } | undefined;
}
