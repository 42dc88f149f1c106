// Nodes of unknown classes: asks the caller for their outputs.
import { show } from '../../base/errors.js';
import { orStopped } from '../../base/pause.js';
import { plain } from '../evaluate.js';
import { failure, Lacking } from './failed.js';
import type { GraphNode } from './graph.js';
import { named } from './problem.js';
import type { Runner } from './runner.js';
import type { UnknownNode } from './types.js';

/** The outputs that the caller gives for a node. */
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
    // requests may nest thousands deep, so each gets a turn of its own
    await null;
    const from = runner.graph.get(source.from);
    if (!from)
      throw failure(node, 'bad_linked_input', `is linked to node ${source.from}, which is not in the workflow`, name);
    // looked up again, because a switch is replaced once it is set
    const { order } = await runner.settled(() => ({ order: runner.before([runner.graph.get(source.from) ?? from]) }));
    await runner.all(order);
  }
  return plain(await runner.value(source));
}
