// Recipes from outside, checked down to the last value before anything runs, through the operation table itself.

import { ChromaskError, refusal, show } from '../base/errors.js';
import { check, isPlain } from '../base/params.js';
import {
  FORMAT,
  type InputData,
  MOST,
  READ,
  type RecipeData,
  type StepData,
  type WorkflowData,
} from '../graph/format.js';
import { checkName } from '../graph/record.js';
import type { Kind } from './callRow.js';
import { callRow } from './calls.js';
import { COMPAT, type Given, today } from './older.js';

const MOST_LINKS = 100_000;
const MOST_FILES = 1000;
/** Goes up when an operation gives other bytes than before: then no output may keep its name. */
const BITS = 1;

/** A recipe of steps with every default filled in. */
export function read(given: unknown): RecipeData {
  const recipe = fields('a recipe', given, ['chromask', 'compat', 'inputs', 'steps', 'output']);
  checkVersion(recipe.chromask);
  const compat = compatOf(recipe.compat);
  const inputs = list('inputs', recipe.inputs).map(inputOf);
  if (new Set(inputs.map(({ name }) => name)).size < inputs.length) {
    throw new ChromaskError('bad-argument', 'recipe: inputs must have different names');
  }
  const kinds: Kind[] = inputs.map(({ kind }) => kind);
  let links = 0;
  const steps = list('steps', recipe.steps).map((step, i) => {
    const one = stepOf(
      today(recipe.chromask, fields(`steps[${i}]`, step, ['op', 'params', 'inputs'])),
      `steps[${i}]`,
      kinds,
      compat,
    );
    links += one.inputs.length;
    if (links > MOST_LINKS) throw refusal('recipe', 'steps', `at most ${MOST_LINKS} links`, links, 'limit');
    return one;
  });
  const output = place('output', recipe.output, kinds.length);
  return { chromask: FORMAT, inputs, steps, output };
}

function inputOf(given: unknown, i: number): InputData {
  const where = `inputs[${i}]`;
  const { name, kind, dtype, shape } = fields(where, given, ['name', 'kind', 'dtype', 'shape']);
  if (kind !== 'image' && kind !== 'mask') throw refusal('recipe', `${where}.kind`, "'image' or 'mask'", kind);
  if (dtype !== undefined && dtype !== 'uint8' && dtype !== 'float32') {
    throw refusal('recipe', `${where}.dtype`, "'uint8' or 'float32'", dtype);
  }
  const rank = kind === 'image' ? 4 : 3;
  const sides = Array.isArray(shape) && shape.length === rank && shape.every((n) => Number.isSafeInteger(n) && n > 0);
  if (shape !== undefined && !sides) throw refusal('recipe', `${where}.shape`, `${rank} whole numbers above 0`, shape);
  return { name: checkName(`${where}.name`, name), kind, dtype, ...(sides ? { shape: [...shape] } : {}) };
}

/** Also notes what kind of batch it gives. */
function stepOf(given: Given, where: string, kinds: Kind[], compat: string | undefined): StepData {
  const { op, params = {}, inputs = [] } = given;
  const row = callRow(where, op);
  const name = `recipe: ${where}.${op}`;
  const filled =
    compat !== undefined && Object.hasOwn(row.params, 'compat') && isPlain(params) ? { compat, ...params } : params;
  const values = check(name, row.params, filled);
  const links = list(`${where}.inputs`, inputs).map((link, i) => place(`${where}.inputs[${i}]`, link, kinds.length));
  if (row.many ? links.length === 0 : links.length !== row.takes.length) {
    throw refusal(name, 'inputs', row.many ? 'at least one' : `${row.takes.length}`, links.length);
  }
  links.forEach((link, i) => {
    const wanted = row.takes[row.many ? 0 : i];
    if (wanted !== 'any' && kinds[link] !== wanted) throw refusal(name, `inputs[${i}]`, `a ${wanted}`, kinds[link]);
    if (row.many && kinds[link] !== kinds[links[0]]) throw refusal(name, `inputs[${i}]`, 'like the first', kinds[link]);
  });
  kinds.push(row.gives === 'same' ? kinds[links[0]] : row.gives);
  return { op: String(op), params: values, inputs: links };
}

/** Only what comes before it may be read, so there are no circles. */
function place(where: string, link: unknown, before: number): number {
  if (typeof link === 'number' && Number.isInteger(link) && link >= 0 && link < before) return link;
  throw refusal('recipe', where, `the number of an input or step before it (there are ${before})`, link);
}

function list(where: string, given: unknown): unknown[] {
  if (Array.isArray(given) && given.length <= MOST) return Array.from(given);
  throw refusal('recipe', where, `a list of at most ${MOST}`, given);
}

function fields(where: string, given: unknown, known: readonly string[]): Record<string, unknown> {
  if (!isPlain(given)) throw refusal('recipe', where, 'an object', given, 'bad-format');
  const unknown = Object.keys(given).find((key) => !known.includes(key));
  if (unknown === undefined) return { ...given };
  throw new ChromaskError('bad-format', `recipe: ${where} has ${known.join(', ')}, not ${show(unknown)}`);
}

function checkVersion(version: unknown): void {
  if (!READ.includes(version))
    throw refusal('recipe', 'chromask', `${READ.join(' or ')}, the version of the format`, version, 'bad-format');
}

function compatOf(compat: unknown): string | undefined {
  if (compat === undefined || COMPAT.some((one) => one === compat)) return compat as string | undefined;
  throw refusal('recipe', 'compat', `one of ${COMPAT.join(', ')}`, compat);
}

/** The text that a fingerprint is of. */
export function canonical(given: unknown): string {
  if (isPlain(given) && Object.hasOwn(given, 'workflow')) {
    const { compat = 'comfy-2026', ...rest } = readWorkflow(given);
    return `["chromask workflow",[${FORMAT},${BITS}],${JSON.stringify(compat)},${sorted(rest, 0)}]`;
  }
  const { inputs, steps, output } = read(given);
  return JSON.stringify([
    'chromask',
    [FORMAT, BITS],
    // the number of channels decides what alpha is, so it counts; batch and size do not
    inputs.map(({ name, kind, dtype, shape }) => [name, kind, dtype ?? 0, (kind === 'image' && shape?.[3]) || 0]),
    steps.map(({ op, params = {}, inputs }) => [
      op,
      Object.keys(params)
        .sort()
        .map((key) => [key, params[key]]),
      inputs,
    ]),
    output,
  ]);
}

/** A recipe that is a workflow. Its graph is checked when it runs. */
export function readWorkflow(given: unknown) {
  const { chromask, compat, inputs, workflow, output } = fields('a recipe', given, [
    'chromask',
    'compat',
    'inputs',
    'workflow',
    'output',
  ]);
  checkVersion(chromask);
  if (!isPlain(workflow) && typeof workflow !== 'string') throw refusal('recipe', 'workflow', 'an object', workflow);
  const files = Array.isArray(inputs) && inputs.length <= MOST_FILES && inputs.every(isFile);
  if (!files) throw refusal('recipe', 'inputs', `a list of at most ${MOST_FILES} { name, kind: 'file' }`, inputs);
  const { id, slot = 0 } = isPlain(output) ? output : {};
  if (output !== undefined && (typeof id !== 'string' || typeof slot !== 'number'))
    throw refusal('recipe', 'output', 'an object with id, slot', output);
  return {
    compat: compatOf(compat) as 'comfy-2026' | 'comfy-2025' | undefined,
    ...({ inputs, workflow, output } as Pick<WorkflowData, 'inputs' | 'workflow' | 'output'>),
  };
}

const isFile = (one: unknown): boolean => isPlain(one) && typeof one.name === 'string' && one.kind === 'file';

/** JSON with sorted keys. */
function sorted(value: unknown, depth: number): string {
  if (depth > 100) throw new ChromaskError('limit', 'recipe: a workflow must not be nested deeper than 100');
  if (Array.isArray(value)) return `[${value.map((one) => sorted(one, depth + 1)).join()}]`;
  if (!isPlain(value)) {
    const simple = value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value);
    if (simple) return JSON.stringify(value) ?? 'null';
    throw refusal('recipe', 'workflow', 'plain JSON', value);
  }
  const keys = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${sorted(value[key], depth + 1)}`).join()}}`;
}
