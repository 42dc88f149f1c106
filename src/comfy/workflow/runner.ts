// Runs nodes of a graph, each once, and keeps what they gave.

import { ChromaskError, show } from '../../base/errors.js';
import { orStopped } from '../../base/pause.js';
import type { Device } from '../../index.js';
import { evaluate, plain } from '../evaluate.js';
import { type Input, isOptional } from '../inputs.js';
import { inputOf, type Node } from '../node.js';
import { problemsOf } from './check.js';
import { fileOf } from './files.js';
import type { GraphNode, Source } from './graph.js';
import { literal } from './literal.js';
import { inOrder } from './order.js';
import { named, type ProblemType, WorkflowError } from './problem.js';
import { eagerOf, isOpen, type Nodes } from './switches.js';
import { Arrays } from './taken.js';
import type { UnknownNode, WorkflowOptions } from './types.js';

/** Nobody makes the outputs of this node. */
export class Lacking extends Error {}

/** Codes that say that an input was wrong; all others keep their own. */
const INPUT_CODES = ['bad-argument', 'bad-shape', 'missing'];

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

  /** Check all of them, then run them in this order. */
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

  /** What is to be run, once every switch in it is set: what sets one is run before. */
  async settled<P extends { readonly order: readonly GraphNode[] }>(planned: () => P | Promise<P>): Promise<P> {
    for (;;) {
      const plan = await planned();
      const open = plan.order.find(isOpen);
      if (!open) return plan;
      const origins = eagerOf(open).flatMap(([, source]) => {
        const from = source.kind === 'link' ? this.graph.get(source.from) : undefined;
        return from ? [from] : [];
      });
      await this.all(this.#before(origins));
      const values = new Map<Source, unknown>();
      for (const [, source] of eagerOf(open)) values.set(source, await this.#value(source));
      const { setSwitch } = await import('./setSwitch.js');
      setSwitch(this.graph, open.id, (source) => values.get(source));
    }
  }

  /** These nodes and what they need that has not run, each after what it needs. */
  #before(nodes: readonly GraphNode[]): GraphNode[] {
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
    let value = await this.#value(node.inputs.get(name), input);
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

  async #value(source: Source | undefined, input?: Input): Promise<unknown> {
    if (source?.kind === 'link') return (await this.results.get(source.from))?.[source.slot];
    if (source?.kind === 'given') return source.value;
    if (source?.kind !== 'value') return undefined;
    const read = input && literal(input, source.value);
    return read && 'value' in read ? read.value : source.value;
  }

  async #unknown(node: GraphNode): Promise<readonly unknown[]> {
    const { unsupported, signal } = this.options;
    const { id, class_type, title, widgets } = node;
    const asked: UnknownNode = {
      ...{ id, class_type, title, widgets, signal, inputs: [...node.inputs.keys()] },
      input: (name) => this.#asked(node, name),
    };
    try {
      const outputs = this.lacking.has(id) ? undefined : await orStopped(unsupported?.(asked), signal);
      if (Array.isArray(outputs)) return this.arrays.made(outputs);
      if (outputs !== undefined && outputs !== null) {
        throw failure(node, 'execution_failed', `unsupported must give a list of outputs, got ${show(outputs)}`);
      }
    } catch (error) {
      if (!(error instanceof Lacking)) throw error;
    }
    this.lacking.add(id);
    throw new Lacking(named(id, class_type));
  }

  async #asked(node: GraphNode, name: string): Promise<unknown> {
    const source = node.inputs.get(name);
    if (source?.kind === 'link') {
      // callers may ask within callers, thousands deep: each in a turn of its own
      await null;
      const from = this.graph.get(source.from);
      if (!from)
        throw failure(node, 'bad_linked_input', `is linked to node ${source.from}, which is not in the workflow`, name);
      // as it is now: a switch is another node once it is set
      const { order } = await this.settled(() => ({ order: this.#before([this.graph.get(source.from) ?? from]) }));
      await this.all(order);
    }
    return plain(await this.#value(source));
  }
}

function failure(
  node: GraphNode,
  type: ProblemType,
  message: string,
  input?: string,
  cause?: ChromaskError,
): WorkflowError {
  const { id, class_type } = node;
  const code = cause && !INPUT_CODES.includes(cause.code) ? cause.code : 'workflow';
  return new WorkflowError([{ type, message, id, class_type, input }], { code, cause });
}

/** An error of ours, with the node's name on it; all others as they are. */
function failed(node: GraphNode, error: unknown, input?: string): unknown {
  if (!(error instanceof ChromaskError) || error instanceof WorkflowError) return error;
  const prefix = `${node.class_type}: `;
  const message = error.message.startsWith(prefix) ? error.message.slice(prefix.length) : error.message;
  return failure(node, 'execution_failed', message, input, error);
}
