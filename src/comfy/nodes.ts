// All nodes by the class names that workflows use.
import { refusal } from '../errors.js';
import { images } from './images.js';
import { latents } from './latents.js';
import { masks } from './masks.js';
import type { Inputs, Node, Outputs, Sockets, Taken } from './node.js';
import { outputs } from './outputs.js';
import { sources } from './sources.js';

const table = Object.freeze({ ...sources, ...masks, ...images, ...latents, ...outputs });

/** A node by its name; some packs spelt theirs otherwise before. */
type Spelt<N> = N extends `${infer Name} __Inspire` ? N | Name | `${Name} //Inspire` : N;

/** What each node gives, by its name. */
export type NodeOutputs = { [N in keyof typeof table as Spelt<N>]: OutputsOf<(typeof table)[N]> };
type OutputsOf<N> = N extends { readonly outputs: infer O extends Sockets } ? Outputs<O> : never;

/** What each node takes, by its name. */
export type NodeInputs = { [N in keyof typeof table as Spelt<N>]: InputsOf<(typeof table)[N]> };
type InputsOf<N> = N extends { readonly inputs: infer I extends Inputs } ? Taken<I> : never;

export const nodes: Readonly<Record<string, Node<Inputs>>> = table as never;

/** The node of a class name or of another spelling of it, if we have it. */
export function findNode(name: string): Node<Inputs> | undefined {
  if (Object.hasOwn(nodes, name)) return nodes[name];
  return Object.values(nodes).find(({ also }) => also?.includes(name));
}

export function nodeNamed(name: string): Node<Inputs> {
  const found = typeof name === 'string' ? findNode(name) : undefined;
  if (found) return found;
  throw refusal('runNode', 'node', `one of ${Object.keys(nodes).join(', ')}`, name, 'unknown-node');
}
