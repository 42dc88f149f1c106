// Nodes of classes that are not known here: the caller is asked for what they give.
import { show } from '../../base/errors.js';
import { orStopped } from '../../base/pause.js';
import { plain } from '../evaluate.js';
import { failure, Lacking } from './failed.js';
import type { GraphNode } from './graph.js';
import { named } from './problem.js';
import type { Runner } from './runner.js';
import type { UnknownNode } from './types.js';

/** What the caller gives for a node. */
export async function askedOf(runner: Runner, node: GraphNode): Promise<readonly unknown[]> {
  const { unsupported, signal } = runner.options;
  const { id, class_type, title, widgets } = node;
  const asked: UnknownNode = {
    ...{ id, class_type, title, widgets, signal, inputs: [...node.inputs.keys()] },
    input: (name) => inputOf(runner, node, name),
  };
  try {
    const outputs = runner.lacking.has(id) ? undefined : await orStopped(unsupported?.(asked), signal);
    if (Array.isArray(outputs)) return runner.arrays.made(outputs);
    if (outputs !== undefined && outputs !== null) {
      throw failure(node, 'execution_failed', `unsupported must give a list of outputs, got ${show(outputs)}`);
    }
  } catch (error) {
    if (!(error instanceof Lacking)) throw error;
  }
  runner.lacking.add(id);
  throw new Lacking(named(id, class_type));
}

async function inputOf(runner: Runner, node: GraphNode, name: string): Promise<unknown> {
  const source = node.inputs.get(name);
  if (source?.kind === 'link') {
    // callers may ask within callers, thousands deep: each in a turn of its own
    await null;
    const from = runner.graph.get(source.from);
    if (!from)
      throw failure(node, 'bad_linked_input', `is linked to node ${source.from}, which is not in the workflow`, name);
    // as it is now: a switch is another node once it is set
    const { order } = await runner.settled(() => ({ order: runner.before([runner.graph.get(source.from) ?? from]) }));
    await runner.all(order);
  }
  return plain(await runner.value(source));
}
