// Calls whose code is loaded when they are first made: an application that runs single nodes ships no reader of workflows.

import { isPlain } from '../base/params.js';
import type { Device, ImageBatch, MaskBatch, RecipeData, WorkflowData } from '../index.js';
import { core } from './core.js';
import type { NodeInfo, ObjectInfoOptions } from './info.js';
import type { Output } from './node.js';
import type { NodeOutputs } from './nodes.js';
import type { NodeArguments, NodeOptions } from './run.js';
import type { MissingNode, MissingOptions } from './workflow/missing.js';
import type { PictureWorkflow } from './workflow/picture.js';
import type { WorkflowRecipeOptions } from './workflow/recipe.js';
import type { WorkflowOptions, WorkflowResult } from './workflow/types.js';

/** The names of all nodes load beside the code that looks for one, not after it. Who looks is told of a failure. */
const names = (): void => void core.packs().catch(() => {});

/**
 * Run a node on inputs by the node's own names; gives its outputs in order: batches, numbers and texts as such, a BOX as four
 * numbers, a list as an array.
 */
export function runNode<N extends keyof NodeOutputs>(
  device: Device,
  name: N,
  ...given: NodeArguments<N>
): Promise<NodeOutputs[N]>;
// a name that is known when it runs
export function runNode<N extends string>(
  device: Device,
  name: N & (string extends N ? unknown : never),
  inputs?: Readonly<Record<string, unknown>>,
  options?: NodeOptions,
): Promise<readonly Output[]>;
export async function runNode(
  device: Device,
  name: string,
  inputs?: Readonly<Record<string, unknown>>,
  options?: NodeOptions,
): Promise<readonly Output[]> {
  names();
  // as they are at the call
  const given = isPlain(inputs) ? { ...inputs } : inputs;
  return (await import('./run.js')).runNode(device, name, given, options);
}

/** Every node by its class name, or those of one pack, as a ComfyUI server describes them. */
export async function objectInfo(options?: ObjectInfoOptions): Promise<Record<string, NodeInfo>> {
  return (await import('./info.js')).objectInfo(options);
}

/**
 * Run the mask part of a ComfyUI workflow: everything that ends in a mask or in a picture to show, as far as it depends on
 * the nodes of `nodes()` alone, or on what `unsupported` gives. `graph` is the API format, the saved format, the text of
 * either, or what `workflowOf` found in a picture. Every node runs at most once; nothing is computed that nothing asks for.
 *
 * What cannot be made is left out and listed in `skipped`. Where nothing can be made, or `strict` asks for all of it, it
 * rejects before anything runs with a `WorkflowError`, code `workflow`, that lists everything wrong by node and input.
 */
export async function runWorkflow(device: Device, graph: unknown, options?: WorkflowOptions): Promise<WorkflowResult> {
  names();
  if (options !== undefined) (await import('./workflow/options.js')).checkRun(options);
  return (await import('./workflow/run.js')).runWorkflow(device, graph, options);
}

/** The classes that a workflow uses and that are not known here: first those that masks depend on. */
export async function missingNodes(graph: unknown, options?: MissingOptions): Promise<MissingNode[]> {
  return (await import('./workflow/missing.js')).missingNodes(graph, options);
}

/** The workflow a PNG was made with; `runWorkflow` takes what this gives. Refuses a picture that has none. */
export async function workflowOf(bytes: Uint8Array): Promise<PictureWorkflow> {
  return (await import('./workflow/picture.js')).workflowOf(bytes);
}

/** A workflow, in either of its formats, as a recipe that `runRecipe` runs and `fingerprint` names. */
export async function workflowRecipe(graph: unknown, options?: WorkflowRecipeOptions): Promise<WorkflowData> {
  return (await import('./workflow/recipe.js')).workflowRecipe(graph, options);
}

/**
 * Run a recipe of either kind. A workflow is given files, anything `device.load` takes, by the names of its inputs; a recipe
 * of steps is given batches, as `device.run` is.
 */
export async function runRecipe(
  device: Device,
  recipe: RecipeData | WorkflowData,
  inputs?: Readonly<Record<string, unknown>>,
  options?: { signal?: AbortSignal | undefined },
): Promise<ImageBatch | MaskBatch> {
  return (await import('./workflow/recipe.js')).runRecipe(device, recipe, inputs, options);
}
