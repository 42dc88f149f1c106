// The checks that a server makes before it runs a node: required inputs, matching links, and values in range.
import { type Input, isNeeded, isOptional, typeOf } from '../inputs.js';
import { inputOf } from '../node.js';
import { fits } from '../sockets.js';
import { type Files, hasFile } from './files.js';
import type { Graph, GraphNode, Source } from './graph.js';
import { literal } from './literal.js';
import { named, type Problem, type ProblemType } from './problem.js';

export function problemsOf(graph: Graph, node: GraphNode, files: Files | undefined): Problem[] {
  const problems: Problem[] = [];
  const { known } = node;
  if (!known) return problems;
  for (const input of new Set([...Object.keys(known.inputs), ...node.inputs.keys()])) {
    const wanted = inputOf(known, input);
    const found = wanted && problemOf(graph, wanted, node.inputs.get(input), files);
    if (!found) continue;
    const [type, message] = found;
    problems.push({ type, message, id: node.id, class_type: node.class_type, input });
  }
  return problems;
}

function problemOf(
  graph: Graph,
  wanted: Input,
  source: Source | undefined,
  files: Files | undefined,
): readonly [ProblemType, string] | undefined {
  switch (source?.kind) {
    case undefined:
      if (!isNeeded(wanted)) return undefined;
      return ['required_input_missing', `required input is missing (${typeOf(wanted)})`];
    case 'given':
    case 'untaken':
      return undefined;
    case 'off':
      if ('optional' in wanted) return undefined;
      return ['required_input_missing', `required input is missing: node ${source.id} is switched off`];
    case 'broken':
      return [source.type, source.message];
    case 'link':
      return linkProblem(graph, wanted, source);
    case 'value': {
      const read = literal(wanted, source.value);
      if (!('value' in read)) return [read.type, read.message];
      if (wanted.type !== 'FILE' || isOptional(wanted) || hasFile(files, String(read.value))) return undefined;
      return ['custom_validation_failed', `there is no picture ${JSON.stringify(read.value)} among the files given`];
    }
  }
}

function linkProblem(
  graph: Graph,
  wanted: Input,
  { from, slot }: Extract<Source, { kind: 'link' }>,
): readonly [ProblemType, string] | undefined {
  const origin = graph.get(from);
  if (!origin) return ['bad_linked_input', `is linked to node ${from}, which is not in the workflow`];
  const place = `output ${slot} of ${named(from, origin.class_type)}`;
  if (!Number.isInteger(slot) || slot < 0)
    return ['bad_linked_input', `is linked to ${place}: there is no such output`];
  if (!origin.known) return undefined;
  const { outputs } = origin.known;
  if (slot >= outputs.length) return ['bad_linked_input', `is linked to ${place}, which has ${outputs.length}`];
  const [type] = outputs[slot];
  const expected = typeOf(wanted);
  return fits(type, expected) ? undefined : ['return_type_mismatch', `must be ${expected}, but ${place} is ${type}`];
}
