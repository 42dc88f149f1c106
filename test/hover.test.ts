// What editors show for the declarations in dist/, requested from the TypeScript language service.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const text = `
import { MaskBatch, open } from 'chromask';
const device = await open({ threads/*threads*/: 2 });
const image = device.image(new Uint8Array(12), [2, 2, 3]);
const mask = device.solid({ width: 4, height: 4 });
mask.blur/*blur*/({ radius/*radius*/: 2 }).grow({ expand/*expand*/: 1, shape/*shape*/: 'disk' });
mask.crop({ x: 1, y: 1, width/*width*/: 2, height: 2 });
device.rectangle([1, 1, 2, 2], { antialias/*antialias*/: true, width: 4, height: 4 });
const again = await device.run(mask.recipe(), {}, { gives: 'mask' });
again.invert();
declare const some: unknown;
if (some instanceof MaskBatch) some.invert();
mask./*of a mask*/at(0);
device./*of a device*/close();
mask.resize({ /*missing*/ });
`;
const name = resolve('hover.ts');
const options: ts.CompilerOptions = {
  strict: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: [],
  paths: { chromask: [resolve('dist/chromask.d.ts')] },
};
const service = ts.createLanguageService({
  getScriptFileNames: () => [name],
  getScriptVersion: () => '1',
  getScriptSnapshot: (file) => {
    const read = file === name ? text : ts.sys.readFile(file);
    return read === undefined ? undefined : ts.ScriptSnapshot.fromString(read);
  },
  getCurrentDirectory: () => process.cwd(),
  getCompilationSettings: () => options,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});

/** What is shown over the name that ends at this mark: its signature, and its sentence. */
function shown(mark: string): [signature: string, sentence: string] {
  const info = service.getQuickInfoAtPosition(name, text.indexOf(`/*${mark}*/`) - 1);
  return [ts.displayPartsToString(info?.displayParts), ts.displayPartsToString(info?.documentation)];
}

const offered = (mark: string): string[] =>
  (service.getCompletionsAtPosition(name, text.indexOf(`/*${mark}*/`) + mark.length + 4, {})?.entries ?? []).map(
    (entry) => entry.name,
  );

it('shows of a method what it does and takes, and no schema', { timeout: 120_000 }, () => {
  const [signature, sentence] = shown('blur');
  expect(sentence).toContain('Gaussian blur');
  expect(signature).toContain('radius?: number | undefined');
  expect(signature).toContain('=> MaskBatch');
  expect(signature).not.toMatch(/Options<|default|kind/);
});

it('shows of an option its unit, range and default', () => {
  expect(shown('radius')).toEqual([
    '(property) radius?: number | undefined',
    'The standard deviation, in pixels. 0 to 1000; 2 if left out.',
  ]);
  expect(shown('expand')[1]).toBe('Pixels; below 0 the light parts shrink. Whole, -16384 to 16384; 0 if left out.');
  expect(shown('shape')[1]).toMatch(/ 'diamond' if left out\.$/);
  expect(shown('shape')[0]).toContain('"diamond" | "square" | "disk"');
  expect(shown('width')).toEqual(['(property) width: number', expect.stringMatching(/1 or more\.$/)]);
  expect(shown('antialias')[1]).toContain('the default');
  expect(shown('threads')[1]).toMatch(/1 to 32.*1 if left out/);
});

it('says of every option what it is, not its range alone', () => {
  const program = service.getProgram();
  const checker = program?.getTypeChecker();
  const file = program?.getSourceFile(name);
  if (!checker || !file) throw new Error('there is no program');
  const variables = checker.getSymbolsInScope(file, ts.SymbolFlags.BlockScopedVariable);
  const methods = variables
    .filter(({ name }) => ['mask', 'image', 'device'].includes(name))
    .flatMap((variable) => checker.getTypeOfSymbol(variable).getProperties());
  const said = methods.flatMap((method) =>
    checker
      .getTypeOfSymbol(method)
      .getCallSignatures()
      .flatMap(({ parameters }) => parameters.filter((one) => one.name === 'options'))
      .flatMap((one) => {
        const type = checker.getTypeOfSymbol(one);
        // methods of the table take a list of one, or an empty one
        const taken = checker.isTupleType(type) ? checker.getTypeArguments(type as ts.TypeReference) : [type];
        return taken.flatMap((own) => checker.getNonNullableType(own).getProperties());
      })
      .map((option) => [
        `${method.name} ${option.name}`,
        ts.displayPartsToString(option.getDocumentationComment(checker)),
      ]),
  );
  expect(said.map(([option]) => option)).toEqual(expect.arrayContaining(['fadeEdges left', 'wand x', 'stroke width']));
  const range = /^((Whole, )?-?[\d.e+]+ (to -?[\d.e+]+|or more)|\S+ if left out)(; \S+ if left out)?\.$/;
  expect(said.filter(([, sentence]) => range.test(sentence))).toEqual([]);
  expect(said.filter(([, sentence]) => sentence === '')).toEqual([]);
});

it('offers public names alone', () => {
  const ofMask = offered('of a mask');
  expect(ofMask).toEqual(expect.arrayContaining(['blur', 'bytes', 'polarity', 'toPng', 'components']));
  const ofDevice = offered('of a device');
  expect(ofDevice).toEqual(expect.arrayContaining(['load', 'notes', 'run', 'stats']));
  for (const inner of ['home', 'tell', 'make', 'check', 'like', 'kind', 'self'])
    expect([...ofMask, ...ofDevice], inner).not.toContain(inner);
});

it('needs no cast of what a recipe gives, nor of what is found to be a mask, and asks for what is required', () => {
  const said = service.getSemanticDiagnostics(name).map((one) => ts.flattenDiagnosticMessageText(one.messageText, ' '));
  expect(said).toEqual([expect.stringContaining("is missing the following properties from type '{")]);
  const wrong = /home|Home|Engine\b/;
  expect(readFileSync('dist/chromask.d.ts', 'utf8')).not.toMatch(wrong);
});
