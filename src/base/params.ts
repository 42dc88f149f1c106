// Parameters of operations: what a row may declare, and the check every call goes through before anything happens.
import { type Color, colorOf } from './color.js';
import { ChromaskError, checkSignal, refusal, show } from './errors.js';

export type Param =
  | {
      readonly type: 'integer' | 'number';
      /** Without one, callers must give it. */
      readonly default?: number;
      readonly min: number;
      readonly max: number;
      readonly step?: number;
    }
  /** Given in any notation; 0xRRGGBB from there on. */
  | { readonly type: 'color'; readonly default: number; readonly min: 0; readonly max: 0xffffff }
  | { readonly type: 'boolean'; readonly default: boolean }
  | {
      readonly type: 'text';
      /** Without one, callers must give it. */
      readonly default?: string;
      /** The most characters. */
      readonly max: number;
    }
  | {
      readonly type: 'choice';
      readonly default: string | number;
      readonly options: readonly (string | number)[];
    };

export type Schema = Readonly<Record<string, Param>>;

type ValueOf<P extends Param> = P extends { type: 'boolean' }
  ? boolean
  : P extends { type: 'choice'; options: readonly (infer Option)[] }
    ? Option
    : P extends { type: 'text' }
      ? string
      : number;

type GivenFor<P extends Param> = P extends { type: 'color' } ? Color : ValueOf<P>;

/** Names of the parameters that have no default. */
type Required<S extends Schema> = { [K in keyof S]: S[K] extends { default: unknown } ? never : K }[keyof S];
/** What a caller passes: what has a default may be left out. */
export type Options<S extends Schema> = Shown<
  { -readonly [K in keyof S as K extends Required<S> ? never : K]?: GivenFor<S[K]> | undefined } & {
    -readonly [K in keyof S as K extends Required<S> ? K : never]: GivenFor<S[K]>;
  }
>;
/** One object, which editors show as it is rather than by how it came about. */
type Shown<T> = T extends infer One ? { [K in keyof One]: One[K] } : never;
/** The same with the defaults filled in. */
export type Values<S extends Schema> = { [K in keyof S]: ValueOf<S[K]> };
export type Value = number | boolean | string;

/** Fill in defaults and refuse what the schema does not allow. Reads each own property once and nothing else. */
export function check<S extends Schema>(operation: string, schema: S, given: unknown): Values<S>;
export function check(operation: string, schema: Schema, given: unknown): Record<string, Value> {
  const names = Object.keys(schema);
  if (given === undefined) given = {};
  if (!isPlain(given)) {
    throw refusal(operation, 'options', names.length ? `an object with ${names.join(', ')}` : 'left out', given);
  }
  checkNames(operation, given, names);
  const values: Record<string, Value> = {};
  for (const name of names) {
    values[name] = checkOne(operation, name, schema[name], Object.hasOwn(given, name) ? given[name] : undefined);
  }
  return values;
}

/** Refuses names that are not among those known: a slip of the pen would be silently without effect. */
export function checkNames(operation: string, given: object, names: readonly string[]): void {
  const key = Object.keys(given).find((key) => !names.includes(key));
  if (key === undefined) return;
  const known = names.length ? names.join(', ') : 'no parameters';
  throw new ChromaskError('bad-argument', `${operation}: there is no parameter ${show(key)}; it takes ${known}`);
}

/** Options of a call that takes a signal: a plain object with these names alone. */
export function checkOptions(operation: string, given: unknown, names: string): void {
  if (!isPlain(given)) throw refusal(operation, 'options', 'an object', given);
  checkNames(operation, given, names.split(' '));
  checkSignal(operation, given.signal);
}

export function checkOne(operation: string, name: string, param: Param, value: unknown): Value {
  if (value === undefined && param.default !== undefined) return param.default;
  if (param.type === 'boolean') {
    if (typeof value === 'boolean') return value;
    throw refusal(operation, name, 'true or false', value);
  }
  if (param.type === 'color') return colorOf(operation, name, value);
  if (param.type === 'text') {
    if (typeof value === 'string' && value.length <= param.max) return value;
    throw refusal(operation, name, `a text of at most ${param.max} characters`, value);
  }
  if (param.type === 'choice') {
    const known = typeof value === 'string' || typeof value === 'number';
    if (known && param.options.includes(value)) return value;
    throw refusal(operation, name, `one of ${param.options.join(', ')}`, value);
  }
  const whole = param.type === 'integer';
  if (typeof value === 'number' && value >= param.min && value <= param.max && (!whole || Number.isInteger(value))) {
    return value === 0 ? 0 : value; // -0 is not a different parameter
  }
  const kind = whole ? 'a whole number ' : typeof value === 'number' ? '' : 'a number ';
  throw refusal(operation, name, `${kind}between ${param.min} and ${param.max}`, value);
}

/** Engines take numbers only: booleans become 0 and 1, choices their position, texts nothing. */
export function numbersOf(schema: Schema, values: Readonly<Record<string, Value>>): number[] {
  return Object.entries(schema).map(([name, param]) => {
    const value = values[name];
    // a text reaches a kernel as data, not as a number
    if (param.type === 'text') return 0;
    return param.type !== 'choice' ? Number(value) : typeof value === 'boolean' ? -1 : param.options.indexOf(value);
  });
}

export const floatsOf = (schema: Schema): boolean[] => Object.values(schema).map((param) => param.type === 'number');

export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return true;
  // an object of another realm (an iframe's) is plain too: its prototype is the end of its chain
  return Object.getPrototypeOf(prototype) === null && !Array.isArray(value);
}
