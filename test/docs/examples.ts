// The examples of a Markdown file as one program, in which each sees the previous ones' variables. `// → value`
// after an expression is checked. ```ts runs in Node, ```ts page in a page.
import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';

export interface Program {
  /** The body of an async function of (load, same, file). */
  body: string;
  checks: number;
}

export function programOf(path: string, where: 'node' | 'page'): Program | undefined {
  const text = readFileSync(path, 'utf8');
  const blocks = [...text.matchAll(/^```(?:ts|js)( page)?\n([\s\S]*?)^```/gm)]
    .filter(([, page]) => Boolean(page) === (where === 'page'))
    .map(([, , code]) => code);
  if (!blocks.length) return undefined;
  let checks = 0;
  const bodies = blocks.map((code) =>
    code
      .replace(
        /^import (.+) from ('[^']+');$/gm,
        (_, what: string, from: string) => `const ${named(what)} = await load(${from});`,
      )
      .replace(/^( *)(.+?); \/\/ → (.+)$/gm, (_, space: string, expression: string, expected: string) => {
        checks++;
        return `${space}same(await (${expression}), ${JSON.stringify(expected)});`;
      }),
  );
  const nested = bodies.reduceRight((inner, code) => `{\n${code}\n${inner}}\n`, '');
  const { code } = transformSync(`async function example(load, same, file) ${nested}`, {
    loader: 'ts',
    target: 'es2022',
  });
  return { body: `${code}\nreturn example(load, same, file);`, checks };
}

const named = (what: string): string => (what.startsWith('{') ? what.replace(/ as /g, ': ') : `{ default: ${what} }`);

/** A value as the documents write it. Also sent to pages, as text. */
export function written(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return `[${[...(value as Uint8Array)].map(String).join(', ')}]`;
  return String(value);
}
