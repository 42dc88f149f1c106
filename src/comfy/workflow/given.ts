// Values and batches that a caller gives in place of the workflow's own, and outputs given in place of running nodes.
import { ChromaskError, refusal, show } from '../../base/errors.js';
import { isPlain } from '../../base/params.js';
import { isOptional, isWidget } from '../inputs.js';
import { inputOf } from '../node.js';
import type { Graph } from './graph.js';
import type { Nodes } from './switches.js';
import type { WorkflowOptions } from './types.js';

export function withInputs(graph: Graph, inputs: NonNullable<WorkflowOptions['inputs']>): Nodes {
  const changed = new Map(graph);
  for (const [id, values] of Object.entries(inputs)) {
    const node = changed.get(id);
    if (!node)
      throw new ChromaskError('bad-argument', `runWorkflow: there is no node ${show(id)} for the inputs given`);
    if (!isPlain(values)) throw refusal('runWorkflow', `inputs of ${show(id)}`, 'an object', values);
    const all = new Map(node.inputs);
    for (const [name, value] of Object.entries(values)) {
      const wanted = node.known && inputOf(node.known, name);
      if (node.known && !wanted) {
        const known = Object.keys(node.known.inputs).join(', ');
        throw refusal('runWorkflow', `inputs of node ${show(id)} (${node.class_type})`, `among ${known}`, name);
      }
      const written = wanted && (isWidget(wanted) || Object(value) !== value);
      if (wanted && (value === undefined || (value === null && isOptional(wanted)))) all.delete(name);
      else all.set(name, { kind: written ? 'value' : 'given', value });
    }
    changed.set(id, { ...node, inputs: all });
  }
  return changed;
}

/** Nodes with given outputs need no inputs and do not run. */
export function withOutputs(graph: Nodes, outputs: NonNullable<WorkflowOptions['outputs']>): Nodes {
  for (const id of Object.keys(outputs)) {
    const node = graph.get(id);
    if (!node)
      throw new ChromaskError('bad-argument', `runWorkflow: there is no node ${show(id)} for the outputs given`);
    graph.set(id, { ...node, known: undefined, inputs: new Map() });
  }
  return graph;
}
