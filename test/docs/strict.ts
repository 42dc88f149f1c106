// Compiles the examples of a Markdown file like a strict project.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { hostImports } from './hosts.js';

/** What is wrong with the blocks that run in a page, each of which sees what the ones before it made. */
export function mistakes(path: string): string[] {
  const blocks = [...readFileSync(path, 'utf8').matchAll(/^```ts page\n([\s\S]*?)^```/gm)].map(([, code]) => code);
  const imports = blocks.flatMap((code) => code.match(/^import .+;$/gm) ?? []);
  const bodies = blocks.map((code) => code.replace(/^import .+;$/gm, ''));
  const nested = bodies.reduceRight((inner, code) => `{\n${code}\n${inner}}\n`, '');
  const once = [...new Set(imports)].join('\n');
  const text = `${once}\nexport async function example(file: Blob) ${nested}`;
  // libraries that are not installed have the type that they are used as
  const hosts = Object.keys(hostImports).map((name) => `declare module '${name}';`);
  const files = new Map([
    [resolve('example.ts'), text],
    [resolve('hosts.d.ts'), hosts.join('\n')],
  ]);
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
    types: [],
    noEmit: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, ...rest) => {
    const code = files.get(name);
    return code === undefined ? getSourceFile(name, ...rest) : ts.createSourceFile(name, code, options.target ?? 9);
  };
  const found = ts.getPreEmitDiagnostics(ts.createProgram([...files.keys()], options, host));
  return found.map(({ file, start = 0, messageText }) => {
    const line = file?.text.slice(start).split('\n')[0];
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
}
