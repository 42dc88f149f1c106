// Evaluates formulas of numbers like Python. A parser that computes as it reads; nothing else can be named or called.
import { refusal } from '../../../base/errors.js';
import { halfEven } from './numbers.js';
import { floorDivided, modulo } from './values.js';

type Value = number | boolean | readonly (number | boolean)[];

const functions: Readonly<Record<string, (...values: number[]) => number>> = {
  sum: (...values) => values.reduce((a, b) => a + b, 0),
  min: Math.min,
  max: Math.max,
  abs: Math.abs,
  round: (x, digits = 0) => halfEven(x * 10 ** digits) / 10 ** digits,
  pow: (x, y) => x ** y,
  sqrt: Math.sqrt,
  ceil: Math.ceil,
  floor: Math.floor,
  log: (x, base) => (base === undefined ? Math.log(x) : Math.log(x) / Math.log(base)),
  log2: Math.log2,
  log10: Math.log10,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  int: Math.trunc,
  float: (x) => x,
};

/** The deepest nesting allowed, deeper than formulas that people write. */
const DEEPEST = 100;

/** `input`: the node's input, for error messages. */
export function evaluated(
  node: string,
  text: string,
  names: ReadonlyMap<string, unknown>,
  input = 'expression',
): number | boolean {
  const wrong = (expectation: string, got: unknown): Error => refusal(node, input, expectation, got);
  const tokens =
    text.match(/\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|[A-Za-z_]\w*|\*\*|\/\/|[<>=!]=|\S/g) ?? [];
  let next = 0;
  let depth = 0;
  const take = (...wanted: string[]): string | undefined =>
    wanted.includes(tokens[next]) ? tokens[next++] : undefined;
  const expect = (wanted: string): void => {
    if (!take(wanted)) throw wrong(`a formula with ${JSON.stringify(wanted)} there`, tokens[next] ?? text);
  };
  const number = (value: Value): number => {
    if (typeof value === 'object') throw wrong('of numbers where numbers are wanted', 'a list');
    return Number(value);
  };

  const result = choice();
  if (next < tokens.length || tokens.length === 0) throw wrong('a formula', tokens[next] ?? text);
  if (!Number.isFinite(number(result))) throw wrong('a formula whose value is a finite number', number(result));
  return typeof result === 'boolean' ? result : number(result);

  function choice(): Value {
    if (++depth > DEEPEST) throw wrong('less deeply nested', text);
    const yes = or();
    if (!take('if')) {
      depth--;
      return yes;
    }
    const condition = or();
    expect('else');
    const no = choice();
    depth--;
    return condition ? yes : no;
  }

  function or(): Value {
    let left = and();
    while (take('or')) {
      const right = and();
      left = left || right;
    }
    return left;
  }

  function and(): Value {
    let left = not();
    while (take('and')) {
      const right = not();
      left = left && right;
    }
    return left;
  }

  function not(): Value {
    let times = 0;
    while (take('not')) times++;
    const value = comparison();
    return times ? Boolean(value) === (times % 2 === 0) : value;
  }

  function comparison(): Value {
    let left = sum();
    let holds: boolean | undefined;
    for (;;) {
      const sign = take('<', '>', '<=', '>=', '==', '!=');
      if (!sign) return holds ?? left;
      const right = sum();
      const [a, b] = [number(left), number(right)];
      const signs: Record<string, boolean> = {
        '<': a < b,
        '>': a > b,
        '<=': a <= b,
        '>=': a >= b,
        '==': a === b,
        '!=': a !== b,
      };
      holds = holds !== false && signs[sign];
      left = right;
    }
  }

  function sum(): Value {
    let left = product();
    for (let sign = take('+', '-'); sign; sign = take('+', '-')) {
      const right = number(product());
      left = sign === '+' ? number(left) + right : number(left) - right;
    }
    return left;
  }

  function product(): Value {
    let left = signed();
    for (let sign = take('*', '/', '//', '%'); sign; sign = take('*', '/', '//', '%')) {
      const [a, b] = [number(left), number(signed())];
      if (sign !== '*' && b === 0) throw wrong('a formula that divides by no 0', text);
      if (sign === '*') left = a * b;
      else if (sign === '/') left = a / b;
      else left = sign === '//' ? floorDivided(a, b) : modulo(a, b);
    }
    return left;
  }

  function signed(): Value {
    let minus = false;
    let any = false;
    for (let sign = take('+', '-'); sign; sign = take('+', '-')) {
      any = true;
      if (sign === '-') minus = !minus;
    }
    const value = power();
    if (!any) return value;
    return minus ? -number(value) : number(value);
  }

  function power(): Value {
    const base = atom();
    if (!take('**')) return base;
    if (++depth > DEEPEST) throw wrong('less deeply nested', text);
    const exponent = number(signed());
    depth--;
    return number(base) ** exponent;
  }

  function atom(): Value {
    const token = tokens[next++];
    if (token === '(') {
      const value = choice();
      expect(')');
      return value;
    }
    if (token !== undefined && /^[\d.]/.test(token) && Number.isFinite(Number(token))) return Number(token);
    if (token === 'True' || token === 'False') return token === 'True';
    if (token === undefined || !/^[A-Za-z_]/.test(token)) throw wrong('a formula', token ?? text);
    if (take('(')) return call(token);
    if (token === 'values') return element([...names.values()].map(plain));
    const named = names.get(token);
    if (Array.isArray(named)) return element(named.map(plain), token);
    if (names.has(token)) return plain(named);
    throw wrong(`of ${[...names.keys(), 'values'].join(', ')}`, token);
  }

  function plain(value: unknown): number | boolean {
    if (typeof value === 'number' || typeof value === 'boolean') return value;
    throw wrong('of numbers', value);
  }

  function element(list: readonly (number | boolean)[], name = 'values'): Value {
    if (!take('[')) return list;
    const at = number(choice());
    expect(']');
    const found = list.at(at);
    if (found === undefined || !Number.isInteger(at)) throw wrong(`of ${name}[0] to ${name}[${list.length - 1}]`, at);
    return found;
  }

  function call(name: string): Value {
    const run = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (!run && name !== 'len') throw wrong(`of ${Object.keys(functions).join(', ')}`, name);
    const values: Value[] = [];
    while (!take(')')) {
      if (values.length) expect(',');
      values.push(choice());
    }
    const [first] = values;
    if (name === 'len' && typeof first === 'object' && values.length === 1) return first.length;
    const flat = values.flatMap((value) => (typeof value === 'object' ? [...value] : [value])).map(Number);
    if (!flat.length) throw wrong(`${name} of a number`, text);
    if (!run) throw wrong('len of a list', text);
    const given = run(...flat);
    if (Number.isNaN(given)) throw wrong(`a formula where ${name} has a value`, text);
    return given;
  }
}
