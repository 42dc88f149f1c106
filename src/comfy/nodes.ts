// All nodes by the class names that workflows use.
import { checkOptions } from '../base/params.js';
import { core } from './core.js';
import type { Inputs, Outputs, Sockets, Taken, TakenMore } from './node.js';
import type { Nodes } from './packs/index.js';
import { checkRegistry, type Registry, type Table } from './registry.js';

/** A node by its name. Some packs used other spellings before. */
type Spelt<N> = N extends `${infer Name} __Inspire` ? N | Name | `${Name} //Inspire` : N;

/** What each node returns, by its name. */
export type NodeOutputs = { [N in keyof Nodes as Spelt<N>]: OutputsOf<Nodes[N]> };
type OutputsOf<N> = N extends { readonly outputs: infer O extends Sockets } ? Outputs<O> : never;

/** What each node takes, by its name. */
export type NodeInputs = { [N in keyof Nodes as Spelt<N>]: InputsOf<Nodes[N]> };
type InputsOf<N> = N extends { readonly inputs: infer I extends Inputs; readonly more?: infer M }
  ? Taken<I> & TakenMore<M>
  : never;

export interface NodesOptions {
  /** Only the nodes of this pack. */
  pack?: string | undefined;
  /** Other nodes than chromask's own. */
  registry?: Registry | undefined;
}

/** Every node by its name, with its inputs and outputs. Loads all packs, or only the given one. */
export async function nodes(options: NodesOptions = {}): Promise<Table> {
  checkOptions('nodes', options, 'pack registry');
  const { pack, registry = core } = options;
  checkRegistry('nodes', registry);
  return registry.nodes(pack);
}
