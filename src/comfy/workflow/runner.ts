// Runs each node of a graph at most once and keeps its outputs.

import { show } from '../../base/errors.js';
import { orStopped } from '../../base/pause.js';
import type { Device } from '../../index.js';
import { evaluate } from '../evaluate.js';
import { type Input, isOptional } from '../inputs.js';
import { inputOf, type Node } from '../node.js';
import { problemsOf } from './check.js';
import { failed, failure } from './failed.js';
import { fileOf } from './files.js';
import type { GraphNode, Source } from './graph.js';
import { literal } from './literal.js';
import { inOrder } from './order.js';
import { WorkflowError } from './problem.js';
import { isOpen, type Nodes } from './switches.js';
import { Arrays } from './taken.js';
import type { WorkflowOptions } from './types.js';

export class Runner {
  readonly results = new Map<string, Promise<readonly unknown[]>>();
  readonly lacking = new Set<string>();
  readonly arrays: Arrays;

  constructor(
    readonly graph: Nodes,
    readonly device: Device,
    readonly options: WorkflowOptions,
  ) {
    this.arrays = new Arrays(device);
  }

  /** Checks all nodes, then runs them in this order. */
  async all(order: readonly GraphNode[], done: (node: GraphNode) => void = () => {}): Promise<void> {
    const problems = order.flatMap((node) => problemsOf(this.graph, node, this.options.files));
    if (problems.length) throw new WorkflowError(problems);
    for (const node of order) {
      this.options.signal?.throwIfAborted();
      const before = this.results.has(node.id);
      await this.#once(node);
      if (!before) done(node);
    }
  }

  /** The plan, once all switches in it are set. Runs the nodes that set a switch first, then plans again. */
  async settled<P extends { readonly order: readonly GraphNode[] }>(planned: () => P | Promise<P>): Promise<P> {
    for (;;) {
      const plan = await planned();
      const open = plan.order.find(isOpen);
      if (!open) return plan;
      const { decide } = await import('./setSwitch.js');
      await decide(
        this.graph,
        open,
        (nodes) => this.all(this.before(nodes)),
        (source) => this.value(source),
      );
    }
  }

  /** These nodes and everything they need that has not run yet, each after what it needs. */
  before(nodes: readonly GraphNode[]): GraphNode[] {
    return inOrder(this.graph, nodes, ({ id, known }) => known !== undefined && !this.results.has(id));
  }

  #once(node: GraphNode): Promise<readonly unknown[]> {
    const before = this.results.get(node.id);
    if (before) return before;
    const result = (node.known ? this.#known(node, node.known) : this.#unknown(node)).catch((error: unknown) => {
      this.results.delete(node.id);
      throw error;
    });
    this.results.set(node.id, result);
    return result;
  }

  async #unknown(node: GraphNode): Promise<readonly unknown[]> {
    const { outputs } = this.options;
    if (outputs && Object.hasOwn(outputs, node.id)) {
      const given = outputs[node.id];
      return this.arrays.made(Array.isArray(given) ? [...given] : [given]);
    }
    return (await import('./unknown.js')).askedOf(this, node);
  }

  async #known(node: GraphNode, known: Node): Promise<readonly unknown[]> {
    const { compat = 'comfy-2026', signal } = this.options;
    const values = new Map<string, unknown>();
    for (const name of node.inputs.keys()) {
      const input = inputOf(known, name);
      if (input) values.set(name, await this.#given(node, name, input));
    }
    const { device } = this;
    const take = (name: string, input: Input, value: unknown): unknown => {
      try {
        return this.arrays.take(node.class_type, name, input, value);
      } catch (error) {
        throw failed(node, error, name);
      }
    };
    try {
      return this.arrays.made(await evaluate(known, values, take, { device, node: node.class_type, compat, signal }));
    } catch (error) {
      throw failed(node, error);
    }
  }

  async #given(node: GraphNode, name: string, input: Input): Promise<unknown> {
    let value = await this.value(node.inputs.get(name), input);
    if (input.type === 'FILE' && typeof value === 'string') {
      const { files, signal } = this.options;
      if (value === '' && isOptional(input)) return undefined;
      const file = await orStopped(fileOf(files, value, signal), signal);
      if (file === undefined || file === null) {
        if (isOptional(input)) return undefined;
        throw failure(
          node,
          'custom_validation_failed',
          `there is no picture ${show(value)} among the files given`,
          name,
        );
      }
      value = file;
    }
    return value;
  }

  async value(source: Source | undefined, input?: Input): Promise<unknown> {
    if (source?.kind === 'link') return (await this.results.get(source.from))?.[source.slot];
    if (source?.kind === 'given') return source.value;
    if (source?.kind !== 'value') return undefined;
    const read = input && literal(input, source.value);
    return read && 'value' in read ? read.value : source.value;
  }
}
