// The public functions, which load their code at the first call: an application that runs single nodes loads no
// workflow reader.

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

/**
 * Starts to load the list of names in parallel with the code that needs it. The code's own request reports a
 * failure.
 */
const names = (): void => void core.packs().catch(() => {});

/**
 * Run a node on inputs by the node's own names. Returns its outputs in order: batches, numbers and texts as they
 * are, a BOX as four numbers, a list as an array.
 */
export function runNode<N extends keyof NodeOutputs>(
  device: Device,
  name: N,
  ...given: NodeArguments<N>
): Promise<NodeOutputs[N]>;
// for a name that is only known at run time
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
  // copied, so that later changes by the caller have no effect
  const given = isPlain(inputs) ? { ...inputs } : inputs;
  return (await import('./run.js')).runNode(device, name, given, options);
}

/** Every node by its class name, or those of one pack, as a ComfyUI server describes them. */
export async function objectInfo(options?: ObjectInfoOptions): Promise<Record<string, NodeInfo>> {
  return (await import('./info.js')).objectInfo(options);
}

/**
 * Run the mask part of a ComfyUI workflow: every mask and shown picture that depends only on the nodes of `nodes()`
 * or on what `unsupported` returns. `graph` is the API format, the saved format, the text of either, or what
 * `workflowOf` found in a picture. Every node runs at most once, and only if its outputs are needed.
 *
 * Nodes that cannot run are listed in `skipped`. If nothing can run, or if `strict` is set and something cannot, the
 * call rejects before anything runs with a `WorkflowError`, code `workflow`, that lists all problems by node and
 * input.
 */
export async function runWorkflow(device: Device, graph: unknown, options?: WorkflowOptions): Promise<WorkflowResult> {
  names();
  if (options !== undefined) (await import('./workflow/options.js')).checkRun(options);
  return (await import('./workflow/run.js')).runWorkflow(device, graph, options);
}

/** The classes that a workflow uses and that chromask does not know, those that masks depend on first. */
export async function missingNodes(graph: unknown, options?: MissingOptions): Promise<MissingNode[]> {
  return (await import('./workflow/missing.js')).missingNodes(graph, options);
}

/** The workflow that a picture was made with, as input for `runWorkflow`. Refuses a picture without one. */
export async function workflowOf(bytes: Uint8Array): Promise<PictureWorkflow> {
  return (await import('./workflow/picture.js')).workflowOf(bytes);
}

/** A workflow in either format as a recipe for `runRecipe` and `fingerprint`. */
export async function workflowRecipe(graph: unknown, options?: WorkflowRecipeOptions): Promise<WorkflowData> {
  return (await import('./workflow/recipe.js')).workflowRecipe(graph, options);
}

/**
 * Run a recipe of either kind. A recipe of a workflow takes files, anything `device.load` takes, by the names of its
 * inputs; a recipe of steps takes batches, as `device.run` does.
 */
export async function runRecipe(
  device: Device,
  recipe: RecipeData | WorkflowData,
  inputs?: Readonly<Record<string, unknown>>,
  options?: { signal?: AbortSignal | undefined },
): Promise<ImageBatch | MaskBatch> {
  return (await import('./workflow/recipe.js')).runRecipe(device, recipe, inputs, options);
}
