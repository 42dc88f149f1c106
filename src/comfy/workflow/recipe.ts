// Workflows as recipes: the graph, its picture files as named inputs, and the mask that it computes.
import { ChromaskError, refusal, show } from '../../base/errors.js';
import { checkOptions, isPlain } from '../../base/params.js';
import { type Device, type ImageBatch, MaskBatch as Mask, type RecipeData, type WorkflowData } from '../../index.js';
import { checkDevice } from '../inputs.js';
import type { Compat } from '../node.js';
import { parse } from './json.js';
import { readGraph, runWorkflow } from './run.js';

export interface WorkflowRecipeOptions {
  /** Which year's behaviour: `comfy-2026` by default, or `comfy-2025`. */
  compat?: Compat | undefined;
  /** The mask to compute. By default the only one that the workflow ends in. */
  output?: { id: string; slot?: number | undefined } | undefined;
}

/** A workflow in either format as a recipe for `runRecipe` and `fingerprint`. */
export async function workflowRecipe(graph: unknown, options: WorkflowRecipeOptions = {}): Promise<WorkflowData> {
  checkOptions('workflowRecipe', options, 'compat output');
  const { compat, output } = options;
  const names = new Set<string>();
  for (const node of (await readGraph(graph)).values()) {
    for (const [name, input] of Object.entries(node.known?.inputs ?? {})) {
      const source = node.inputs.get(name);
      if (input.type === 'FILE' && source?.kind === 'value') names.add(String(source.value));
    }
  }
  const workflow: unknown = typeof graph === 'string' ? parse(graph) : graph;
  return {
    chromask: 1,
    ...(compat ? { compat } : {}),
    inputs: [...names].map((name) => ({ name, kind: 'file' as const })),
    workflow: workflow as WorkflowData['workflow'],
    ...(output ? { output } : {}),
  };
}

/**
 * Run a recipe of either kind. A recipe of a workflow takes files, anything `device.load` takes, by the names of its
 * inputs; a recipe of steps takes batches, as `device.run` does.
 */
export async function runRecipe(
  device: Device,
  recipe: RecipeData | WorkflowData,
  inputs: Readonly<Record<string, unknown>> = {},
  options: {
    /** Cancels the call, which then rejects with the signal's reason. */
    signal?: AbortSignal | undefined;
  } = {},
): Promise<ImageBatch | Mask> {
  checkDevice('runRecipe', device);
  checkOptions('runRecipe', options, 'signal');
  const { signal } = options;
  if (!isPlain(inputs)) throw refusal('runRecipe', 'inputs', 'an object', inputs);
  if (!isPlain(recipe) || !Object.hasOwn(recipe, 'workflow')) {
    return device.run(recipe as RecipeData, inputs as Readonly<Record<string, ImageBatch | Mask>>, { signal });
  }
  const { readWorkflow } = await import('../../saved/read.js');
  const { inputs: files, workflow, compat, output } = readWorkflow(recipe);
  const given = new Map<string, unknown>();
  for (const { name } of files) {
    if (!Object.hasOwn(inputs, name)) throw refusal('recipe', `input ${show(name)}`, 'given', undefined, 'missing');
    given.set(name, inputs[name]);
  }
  const only = output ? [output.id] : undefined;
  const result = await runWorkflow(device, workflow, { files: given, compat, signal, only, strict: true });
  if (output) {
    const { slot = 0 } = output;
    const found = result.values[output.id]?.[slot];
    if (found instanceof Mask) return found;
    throw new ChromaskError('bad-argument', `recipe: output ${slot} of node ${show(output.id)} is no mask`);
  }
  if (result.masks.length === 1) return result.masks[0].mask;
  const ids = result.masks.map(({ id, slot }) => `${id}:${slot}`).join(', ') || 'none';
  throw new ChromaskError('bad-argument', `recipe: the workflow must end in one mask or output must say which: ${ids}`);
}
