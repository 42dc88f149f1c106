// The error for a node that failed while it ran.
import { ChromaskError } from '../../base/errors.js';
import type { GraphNode } from './graph.js';
import { type ProblemType, WorkflowError } from './problem.js';

/** The outputs of this node cannot be made: its class is unknown, and the caller gave no outputs. */
export class Lacking extends Error {}

/** Codes that mean that an input was wrong. Other errors keep their own codes. */
const INPUT_CODES = ['bad-argument', 'bad-shape', 'missing'];

export function failure(
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

/** A ChromaskError gets the node's name; other errors stay unchanged. */
export function failed(node: GraphNode, error: unknown, input?: string): unknown {
  if (!(error instanceof ChromaskError) || error instanceof WorkflowError) return error;
  const prefix = `${node.class_type}: `;
  const message = error.message.startsWith(prefix) ? error.message.slice(prefix.length) : error.message;
  return failure(node, 'execution_failed', message, input, error);
}
