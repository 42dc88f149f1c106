// Reads the values in a workflow as a server does: whole numbers are truncated, and strings may stand for numbers.
import { show } from '../../base/errors.js';
import { isPlain } from '../../base/params.js';
import { type Input, typeOf } from '../inputs.js';
import { isSocket } from '../sockets.js';
import type { ProblemType } from './problem.js';

export type Literal = { readonly value: unknown } | { readonly type: ProblemType; readonly message: string };

export function literal(input: Input, value: unknown): Literal {
  if (isSocket(input.type)) {
    // an input for any type takes plain values too
    if (input.type === '*' && value !== null) return { value };
    return bad('bad_linked_input', `must be linked to an output of type ${typeOf(input)}, got ${show(value)}`);
  }
  switch (input.type) {
    case 'INT':
    case 'FLOAT':
      return numeric(input, value);
    case 'BOOLEAN':
      // Python's bool: every text that is not empty is true, even `False`
      if (['boolean', 'number', 'string'].includes(typeof value)) return { value: Boolean(value) };
      return bad('invalid_input_type', `must be true or false, got ${show(value)}`);
    case 'STRING':
      if (value !== null && Object(value) !== value) return { value: String(value) };
      return bad('invalid_input_type', `must be a string, got ${show(value)}`);
    case 'FILE':
      if (typeof value === 'string') return { value };
      if (isPlain(value) && typeof value.filename === 'string') return { value: named(value.filename, value) };
      return bad('invalid_input_type', `must be the name of a file, got ${show(value)}`);
    case 'COMBO': {
      const options = [...input.options, ...(input.also ?? [])];
      // the file may store the option as a number
      const text = typeof value === 'number' ? String(value) : value;
      if (typeof text === 'string' && (input.free || options.includes(text))) return { value: text };
      return bad('value_not_in_list', `must be one of ${input.options.join(', ')}, got ${show(value)}`);
    }
  }
}

function numeric(input: Extract<Input, { type: 'INT' | 'FLOAT' }>, given: unknown): Literal {
  const { type, min, max } = input;
  const pattern = type === 'INT' ? /^\s*[+-]?\d+\s*$/ : /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
  const readable = ['number', 'boolean', 'bigint'].includes(typeof given);
  const number = readable || (typeof given === 'string' && pattern.test(given)) ? Number(given) : Number.NaN;
  const value = type === 'INT' ? Math.trunc(number) + 0 : number;
  if (!Number.isFinite(value))
    return bad('invalid_input_type', `must be ${type === 'INT' ? 'a whole' : 'a'} number, got ${show(given)}`);
  const expectation = `must be between ${min} and ${max}, got ${value}`;
  if (value < min) return bad('value_smaller_than_min', expectation);
  if (value > max) return bad('value_bigger_than_max', expectation);
  return { value };
}

/** The file name that a server would write, from the object that a front end stores for an uploaded picture. */
function named(filename: string, { subfolder, type }: Readonly<Record<string, unknown>>): string {
  const folder = typeof subfolder === 'string' && subfolder ? `${subfolder}/` : '';
  return `${folder}${filename}${typeof type === 'string' ? ` [${type}]` : ''}`;
}

const bad = (type: ProblemType, message: string): Literal => ({ type, message });
