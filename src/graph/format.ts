// Recipes as plain data: what `mask.recipe()` gives, `device.run` takes and `fingerprint` names.

import type { Value } from '../base/params.js';
import type { Dtype } from '../engine.js';

/** Version of the format. */
export const FORMAT = 2;
/** Versions that are read. */
export const READ: readonly unknown[] = [1, FORMAT];
/** The most inputs and steps of a recipe: more than real recipes have, because a small file could ask for billions. */
export const MOST = 10_000;

export interface InputData {
  readonly name: string;
  readonly kind: 'image' | 'mask';
  /** The element type it was recorded in; a batch of the other type is converted. */
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
  /** In older recipes: which year's FeatherMask `fadeEdges` means. */
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
  /** Which mask to give. Without it, the workflow must end in exactly one. */
  readonly output?: { readonly id: string; readonly slot?: number | undefined } | undefined;
}
