// `runNode`: one call of a node by the name that workflows use.
import { ChromaskError, refusal } from '../base/errors.js';
import { checkOptions, isPlain } from '../base/params.js';
import type { Device } from '../index.js';
import { core } from './core.js';
import { evaluate, List, plain } from './evaluate.js';
import { checkDevice, resolve } from './inputs.js';
import { type Compat, inputOf, type Node, type Output } from './node.js';
import type { NodeInputs } from './nodes.js';
import { checkRegistry, type Registry } from './registry.js';

export interface NodeOptions {
  /** Which year's behaviour: `comfy-2026` by default, or `comfy-2025`. */
  compat?: Compat | undefined;
  /** Cancels the call, which then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Where to look for the node: `registry(core, mine)` for nodes of your own. */
  registry?: Registry | undefined;
}

/** What `runNode` takes after a node's name. Inputs may be left out if all have defaults. */
export type NodeArguments<N extends keyof NodeInputs> = Partial<NodeInputs[N]> extends NodeInputs[N]
  ? [inputs?: NodeInputs[N], options?: NodeOptions]
  : [inputs: NodeInputs[N], options?: NodeOptions];

/** The code behind `runNode` of lazy.ts, loaded at its first call. */
export async function runNode(
  device: Device,
  name: string,
  inputs: Readonly<Record<string, unknown>> = {},
  options: NodeOptions = {},
): Promise<readonly Output[]> {
  checkDevice(name, device);
  checkOptions(name, options, 'compat signal registry');
  const { compat = 'comfy-2026', signal } = options;
  if (compat !== 'comfy-2026' && compat !== 'comfy-2025') {
    throw refusal(name, 'compat', 'comfy-2026 or comfy-2025', compat);
  }
  if (!isPlain(inputs)) throw refusal(name, 'inputs', 'an object', inputs);
  const values = new Map(Object.entries(inputs));
  const node = await nodeNamed(name, options);
  for (const [key, value] of values) {
    if (!inputOf(node, key)) {
      const known = [...Object.keys(node.inputs), ...(node.more ? [`${node.more.prefix}1, …`] : [])].join(', ');
      throw new ChromaskError('bad-argument', `${name}: there is no input ${JSON.stringify(key)}; it takes ${known}`);
    }
    if (node.takesLists && Array.isArray(value)) values.set(key, new List(value));
  }
  signal?.throwIfAborted();
  const take = (key: string, input: Parameters<typeof resolve>[3], value: unknown): unknown =>
    resolve(device, name, key, input, value);
  const all = await evaluate(node, values, take, { device, node: name, compat, signal });
  // the picture that a node shows beside its outputs only matters in a workflow
  return (node.outputs.length ? all.slice(0, node.outputs.length) : all).map(plain);
}

async function nodeNamed(name: string, options: NodeOptions): Promise<Node> {
  const { registry = core } = options;
  checkRegistry('runNode', registry);
  if (typeof name === 'string') await registry.load([name]);
  const found = typeof name === 'string' ? registry.get(name) : undefined;
  if (found) return found;
  const names = (await registry.packs()).flatMap((pack) => pack.names).join(', ');
  throw refusal('runNode', 'node', `one of ${names}`, name, 'unknown-node');
}
