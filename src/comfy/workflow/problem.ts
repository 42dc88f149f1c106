// What can be wrong with a workflow. Problems are reported like a server's, all at once, by node and input.
import { ChromaskError, type ErrorCode } from '../../base/errors.js';

/** A server's own names for validation errors, and further ones. */
export type ProblemType =
  | 'invalid_prompt'
  | 'missing_node_type'
  | 'prompt_no_outputs'
  | 'dependency_cycle'
  | 'required_input_missing'
  | 'bad_linked_input'
  | 'return_type_mismatch'
  | 'invalid_input_type'
  | 'value_smaller_than_min'
  | 'value_bigger_than_max'
  | 'value_not_in_list'
  | 'custom_validation_failed'
  | 'execution_failed';

export interface Problem {
  readonly type: ProblemType;
  readonly message: string;
  /** The node, if the problem belongs to one. `12:5` is node 5 in the subgraph that node 12 stands for. */
  readonly id?: string;
  readonly class_type?: string;
  readonly input?: string;
  /** For a node of an unknown class: the mask nodes that depend on it. */
  readonly needed_by?: readonly string[];
}

/**
 * A workflow that cannot run, or one of its nodes that failed. `problems` lists everything found, for an editor to
 * show.
 */
export class WorkflowError extends ChromaskError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[], options: { code?: ErrorCode | undefined; cause?: unknown } = {}) {
    super(options.code ?? 'workflow', sentence(problems), options);
    this.problems = problems;
  }
}

const SHOWN = 8;

function sentence(problems: readonly Problem[]): string {
  const lines = problems.slice(0, SHOWN).map(line);
  if (problems.length > SHOWN) lines.push(`and ${problems.length - SHOWN} more`);
  return `workflow: ${lines.join('; ')}`;
}

function line({ id, class_type, input, message }: Problem): string {
  const node = id === undefined ? '' : `${named(id, class_type)}${input === undefined ? '' : `, ${short(input)}`}: `;
  return `${node}${message}`;
}

/** `node 5 (GrowMask)`. */
export const named = (id: string, class_type?: string): string =>
  `node ${short(id)}${class_type === undefined ? '' : ` (${short(class_type)})`}`;

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

export const invalid = (
  message: string,
  at: { id?: string; class_type?: string; input?: string } = {},
): WorkflowError => new WorkflowError([{ type: 'invalid_prompt', message, ...at }]);
