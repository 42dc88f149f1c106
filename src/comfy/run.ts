// `runNode`: one call of a node by the name that workflows use.
import { ChromaskError, refusal } from '../errors.js';
import type { Device } from '../index.js';
import { checkOptions, isPlain } from '../params.js';
import { checkDevice, resolve } from './inputs.js';
import type { Compat, Output } from './node.js';
import { type NodeInputs, type NodeOutputs, nodeNamed } from './nodes.js';

export interface NodeOptions {
  compat?: Compat | undefined;
  signal?: AbortSignal | undefined;
}

/** What `runNode` takes after a node's name; inputs may be left out where each has a default. */
export type NodeArguments<N extends keyof NodeInputs> = Partial<NodeInputs[N]> extends NodeInputs[N]
  ? [inputs?: NodeInputs[N], options?: NodeOptions]
  : [inputs: NodeInputs[N], options?: NodeOptions];

/** Run a node on inputs by the node's own names; gives its outputs in order. */
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
  inputs: Readonly<Record<string, unknown>> = {},
  options: NodeOptions = {},
): Promise<readonly Output[]> {
  const found = nodeNamed(name);
  checkDevice(name, device);
  checkOptions(name, options, 'compat signal');
  const { compat = 'comfy-2026', signal } = options;
  if (compat !== 'comfy-2026' && compat !== 'comfy-2025') {
    throw refusal(name, 'compat', 'comfy-2026 or comfy-2025', compat);
  }
  if (!isPlain(inputs)) throw refusal(name, 'inputs', 'an object', inputs);
  for (const key of Object.keys(inputs)) {
    if (Object.hasOwn(found.inputs, key)) continue;
    const known = Object.keys(found.inputs).join(', ');
    throw new ChromaskError('bad-argument', `${name}: there is no input ${JSON.stringify(key)}; it takes ${known}`);
  }
  const given: Record<string, unknown> = {};
  for (const [key, input] of Object.entries(found.inputs)) {
    given[key] = resolve(device, name, key, input, Object.hasOwn(inputs, key) ? inputs[key] : undefined);
  }
  signal?.throwIfAborted();
  return found.run(given as never, { device, node: name, compat, signal });
}
