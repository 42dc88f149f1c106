// Everything that a public signature in dist/ mentions can be imported by its name.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const listed: object = JSON.parse(readFileSync('package.json', 'utf8')).exports;
const files = Object.values(listed).flatMap(({ import: one }) => (one ? [resolve(one.types)] : []));

/** What ImageBatch and MaskBatch are put together from. */
const halves = ['Image', 'Mask'];

const isInternal = (node: ts.Node): boolean =>
  ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal') ||
  (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword)) ===
    true;

it('every interface and class of a public signature is exported', { timeout: 120_000 }, () => {
  const program = ts.createProgram(files, {
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.esnext.disposable.d.ts'],
    types: [],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: { chromask: [resolve('dist/chromask.d.ts')] },
  });
  const checker = program.getTypeChecker();
  const real = (symbol: ts.Symbol): ts.Symbol =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const exported = files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    return module ? checker.getExportsOfModule(module).map(real) : [];
  });
  const open = new Set(exported);
  const nameless: string[] = [];

  function mentioned(node: ts.Node, from: string): void {
    if (isInternal(node)) return;
    const found = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
    const symbol = found && real(found);
    const ours = symbol?.declarations?.[0].getSourceFile().fileName.startsWith(resolve('dist'));
    if (symbol && ours && !open.has(symbol) && symbol.flags & (ts.SymbolFlags.Type | ts.SymbolFlags.Variable)) {
      // an alias that cannot be imported is written out where it is used
      const needed = symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.Class);
      if (needed && !halves.includes(symbol.name)) nameless.push(`${symbol.name}, of ${from}`);
      open.add(symbol);
    }
    ts.forEachChild(node, (child) => mentioned(child, from));
  }

  for (const symbol of open) for (const declaration of symbol.declarations ?? []) mentioned(declaration, symbol.name);
  expect(exported.length).toBeGreaterThan(100);
  expect(nameless).toEqual([]);
});
