// `runWorkflow`: runs the mask part of a workflow in either file format.

import { show } from '../../base/errors.js';
import { isPlain } from '../../base/params.js';
import { nextTurn } from '../../base/pause.js';
import { type Device, ImageBatch as Image, type ImageBatch, MaskBatch as Mask } from '../../index.js';
import { core } from '../core.js';
import { List, plain } from '../evaluate.js';
import { checkDevice } from '../inputs.js';
import { problemsOf } from './check.js';
import { Lacking } from './failed.js';
import type { Graph, GraphNode } from './graph.js';
import { own, parse } from './json.js';
import { type Plan, planOf } from './plan.js';
import { invalid, type Problem, WorkflowError } from './problem.js';
import { Runner } from './runner.js';
import { seldomFor } from './seldom.js';
import type { Nodes } from './switches.js';
import type { WorkflowMask, WorkflowOptions, WorkflowOutput, WorkflowResult } from './types.js';
import { typesIn } from './typesIn.js';

/**
 * Run the mask part of a ComfyUI workflow: every mask and shown picture that depends only on the nodes of `nodes()`
 * or on what `unsupported` returns. `graph` is the API format, the saved format, the text of either, or what
 * `workflowOf` found in a picture. Every node runs at most once, and only if its outputs are needed.
 *
 * Nodes that cannot run are listed in `skipped`. If nothing can run, or if `strict` is set and something cannot, the
 * call rejects before anything runs with a `WorkflowError`, code `workflow`, that lists all problems by node and
 * input.
 */
export async function runWorkflow(
  device: Device,
  graph: unknown,
  options: WorkflowOptions = {},
): Promise<WorkflowResult> {
  checkDevice('runWorkflow', device);
  const { only, unsupported, signal, onProgress, strict = false, files, from } = options;
  signal?.throwIfAborted();
  const read = await readGraph(graph, { from, registry: options.registry });
  let nodes: Nodes = new Map(read);
  if (options.inputs) nodes = (await import('./given.js')).withInputs(nodes, options.inputs);
  if (options.outputs) nodes = (await import('./given.js')).withOutputs(nodes, options.outputs);
  if ([...nodes.values()].some(({ known }) => known?.takes)) (await import('./setSwitch.js')).openSwitches(nodes);
  // a turn of the event loop, in which garbage of earlier runs can be collected
  await nextTurn();
  signal?.throwIfAborted();
  const runner = new Runner(nodes, device, options);
  let done = 0;
  for (;;) {
    const mistakes: Problem[] = [];
    const planned = async (): Promise<Plan> => {
      const plan = await planOf(nodes, {
        lacks: ({ id }) => !isMade(options.outputs, id) && (!unsupported || runner.lacking.has(id)),
        problemsOf(node) {
          const problems = problemsOf(nodes, node, files);
          mistakes.push(...problems.filter((one) => isGiven(options.inputs, one)));
          return problems;
        },
        ...{ only, strict },
      });
      if (mistakes.length) throw new WorkflowError(mistakes);
      return plan;
    };
    try {
      const plan = await runner.settled(planned);
      const total = plan.order.length;
      await runner.all(plan.order, ({ id, class_type, title }) => {
        done++;
        onProgress?.({ done, total: Math.max(total, done), id, class_type, title });
      });
      return await resultOf(plan, runner);
    } catch (error) {
      // the caller cannot make a node's outputs either, so plan again without that node
      if (!(error instanceof Lacking)) throw error;
    }
  }
}

/** Whether the caller gave the outputs of this node. */
const isMade = (outputs: WorkflowOptions['outputs'] = {}, id: string): boolean => Object.hasOwn(outputs, id);

/** Whether a problem lies in a value that the caller gave. Such a node is not left out; the caller gets the error. */
const isGiven = (inputs: WorkflowOptions['inputs'] = {}, { id = '', input = '' }: Problem): boolean =>
  Object.hasOwn(inputs, id) && Object.hasOwn(inputs[id], input);

/** Reads either format, or what `workflowOf` found. If the requested one is missing, the other is used. */
export async function readGraph(
  given: unknown,
  { from = 'workflow', registry = core }: Pick<WorkflowOptions, 'from' | 'registry'> = {},
): Promise<Graph> {
  const json = typeof given === 'string' ? parse(given) : given;
  if (!isPlain(json)) throw invalid(`a workflow must be an object, got ${show(json)}`);
  const whole = [own(json, from), own(json, from === 'prompt' ? 'workflow' : 'prompt')].find(
    (one) => isPlain(one) && !Object.hasOwn(one, 'class_type'),
  );
  const one = isPlain(whole) && !Object.hasOwn(json, 'nodes') ? whole : json;
  const saved = Object.hasOwn(one, 'nodes') && (Array.isArray(one.nodes) || Object.hasOwn(one, 'links'));
  // their packs first, because only a class knows its widgets
  const types = typesIn(one);
  await registry.load(types);
  if (!saved) return (await import('./api.js')).readApi(one, registry.get);
  const [{ readSaved }, seldom] = await Promise.all([import('./saved.js'), seldomFor(types)]);
  return readSaved(one, registry.get, seldom);
}

async function resultOf(plan: Plan, runner: Runner): Promise<WorkflowResult> {
  const values: Record<string, readonly unknown[]> = Object.create(null);
  const outputs: Record<string, WorkflowOutput> = Object.create(null);
  for (const [id, result] of runner.results) values[id] = await result;
  for (const node of plan.order) {
    if (!node.known?.ends) continue;
    const shown = values[node.id].at(-1);
    // a blocked picture is not shown
    const all: readonly unknown[] = shown instanceof List ? shown.all : [shown];
    const images = all.filter((one): one is ImageBatch => one instanceof Image);
    if (images.length) outputs[node.id] = { ...facts(node), image: images[0], images, ...prefixOf(node) };
    values[node.id] = values[node.id].slice(0, node.known.outputs.length);
  }
  for (const { node, slot, to } of plan.pictures) {
    const shown = values[node.id][slot];
    const all: readonly unknown[] = shown instanceof List ? shown.all : [shown];
    const images = all.flatMap((one) => (one instanceof Image ? [one.as('uint8')] : []));
    const id = outputs[to.by.id] ? `${to.by.id}.${to.input}` : to.by.id;
    if (images.length) outputs[id] = { ...facts(to.by), input: to.input, image: images[0], images };
  }
  const masks = plan.masks.flatMap(({ node, slot }): WorkflowMask[] => {
    const name = node.known?.outputs[slot][1] ?? '';
    const value = values[node.id][slot];
    return (value instanceof List ? value.all : [value]).flatMap((one) => {
      const mask: unknown = one instanceof Mask ? one : Object(one).noise_mask;
      return mask instanceof Mask ? [{ ...facts(node), slot, name, mask }] : [];
    });
  });
  for (const [id, all] of Object.entries(values)) values[id] = all.map(plain);
  return { outputs, masks, values, skipped: plan.skipped };
}

const facts = ({ id, class_type, title }: GraphNode) => ({ id, class_type, title });

function prefixOf({ known, inputs }: GraphNode): { filename_prefix?: string } {
  const input = known?.inputs.filename_prefix;
  if (input?.type !== 'STRING') return {};
  const source = inputs.get('filename_prefix');
  return { filename_prefix: source && 'value' in source ? String(source.value) : input.default };
}
