// What an evaluator needs beside an engine that can be lost, has no kernels, and takes few operands at once: a GPU.
import type { Engine } from '../engine.js';
import { type Elsewhere, elsewhere } from './elsewhere.js';
import { Failover, type Losing } from './failover.js';
import type { Node } from './node.js';
import type { Split } from './plan.js';

export interface Aid {
  readonly elsewhere: Elsewhere;
  readonly split: Split;
  /** Do what needs an engine; again on the next one, if this one goes while it is being done. */
  again<T>(work: () => Promise<T>): Promise<T>;
}

/** `follow` opens the engine after a lost one, `kernels` one with kernels. */
export const aid =
  (follow: (lost: Engine) => Promise<Engine>, kernels: () => Promise<Engine>) =>
  (losing: Losing): Aid => {
    const failover = new Failover(losing, follow);
    return { elsewhere: elsewhere(kernels), split, again: (work) => failover.again(work) };
  };

const split: Split = (order, made, ready, most) => {
  const operands = new Map<Node, number>();
  for (const node of order) {
    const first = node.inputs[0];
    const before = !first || made.has(first) || ready(first) ? 0 : (operands.get(first) ?? 0);
    const count = before + Math.max(0, node.inputs.length - 1);
    if (count > most && before > 0 && node.op !== 'cat') made.add(first);
    operands.set(node, made.has(first) ? Math.max(0, node.inputs.length - 1) : count);
  }
};
