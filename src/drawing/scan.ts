// Reads an SVG path as far as its grammar goes: commands and their numbers. What they draw is in flatten.ts.
import { ChromaskError } from '../base/errors.js';

/** Numbers that a command takes, again and again. */
const TAKES: Readonly<Record<string, number>> = { m: 2, l: 2, h: 1, v: 1, c: 6, s: 4, q: 4, t: 2, a: 7, z: 0 };
const NUMBER = /[\s,]*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/y;
/** The flags of an arc need no blank between them. */
const FLAG = /[\s,]*([01])/y;

export interface Command {
  /** A letter of the path. */
  readonly letter: string;
  readonly numbers: readonly number[];
}

/** Calls `each` with the commands in their order, one for each group of numbers; refuses what is no path. */
export function scan(operation: string, d: string, each: (command: Command) => void): void {
  const letters = /[\s,]*([a-zA-Z])/y;
  let at = 0;
  let first = true;
  const read = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(d);
    if (found) at = pattern.lastIndex;
    return found?.[1];
  };
  const refuse = (): ChromaskError => {
    const got = JSON.stringify(d.slice(at, at + 20));
    return new ChromaskError('bad-argument', `${operation}: d must be an SVG path, got ${got} at character ${at}`);
  };
  while (/[^\s,]/.test(d.slice(at, at + 64)) || d.slice(at).trim()) {
    const letter = read(letters);
    const takes = TAKES[letter?.toLowerCase() ?? ''];
    if (letter === undefined || takes === undefined || (first && letter.toLowerCase() !== 'm')) throw refuse();
    first = false;
    for (let group = 0; ; group++) {
      const numbers: number[] = [];
      while (numbers.length < takes) {
        const flag = takes === 7 && (numbers.length === 3 || numbers.length === 4);
        const number = Number(read(flag ? FLAG : NUMBER) ?? Number.NaN);
        if (!Number.isFinite(number)) break;
        numbers.push(number);
      }
      if (numbers.length === 0 && group > 0) break;
      if (numbers.length < takes) throw refuse();
      // what follows a move is lines
      each({ letter: group && letter === 'm' ? 'l' : group && letter === 'M' ? 'L' : letter, numbers });
      if (takes === 0) break;
    }
  }
}
