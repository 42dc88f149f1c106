// Writes docs/api/: everything that the package exports, from the types and comments of the code. The methods of
// images and masks come from the operation table by mapped types, which only the compiler can expand.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
const { exports: listed } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

const sources = {
  '.': 'index',
  './comfy': 'comfy/index',
  './png': 'png/index',
  './testing': 'testing/index',
  './wasm': 'entries/wasm',
};
const entries = Object.entries(sources).filter(([entry]) => Object.hasOwn(listed, entry));
const program = ts.createProgram(
  entries.map(([, file]) => `${root}src/${file}.ts`),
  options,
);
const checker = program.getTypeChecker();

/** Types that others are made of and that callers never write. */
const parts = new Set(['ImageMethods', 'MaskMethods', 'Ops', 'Row']);

const { NoTruncation, UseAliasDefinedOutsideCurrentScope } = ts.TypeFormatFlags;
const flags = NoTruncation | UseAliasDefinedOutsideCurrentScope;
const tidy = (text) =>
  text
    .replace(/(\?: [^;{}]+?) \| undefined;/g, '$1;')
    .replace(/import\("[^"]*"\)\./g, '')
    .replace(/<ArrayBuffer(Like)?>/g, '');

/** A type in readable form: options with their names, arrays without their buffers. */
function print(type) {
  const plain = checker.getNonNullableType(type);
  if (plain.aliasSymbol?.name !== 'Options') return tidy(checker.typeToString(type, undefined, flags));
  const own = plain
    .getProperties()
    .map((one) => `${one.name}?: ${print(checker.getNonNullableType(checker.getTypeOfSymbol(one)))}`);
  return `{ ${own.join('; ')} }`;
}
const sentence = (symbol) =>
  ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s+/g, ' ').trim();
const internal = (symbol) => symbol.getJsDocTags(checker).some(({ name }) => name === 'internal');
const code = (text) => `\`${text.replace(/\s+/g, ' ').replace(/\|/g, '\\|')}\``;
const row = (left, symbol) => `| ${code(left)} | ${sentence(symbol).replace(/\|/g, '\\|')} |`;
const table = (rows) => ['| | |', '| --- | --- |', ...rows].join('\n');

function real(symbol) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** A method with its signature, or a property with its type. */
function member(symbol) {
  const at = symbol.valueDeclaration ?? symbol.declarations?.[0];
  const type = at ? checker.getTypeOfSymbolAtLocation(symbol, at) : checker.getTypeOfSymbol(symbol);
  // of several signatures, the last accepts everything that any of them accepts
  const call = type.getCallSignatures().at(-1);
  const optional = symbol.flags & ts.SymbolFlags.Optional ? '?' : '';
  const text = call
    ? `${optional}${signature(call)}`
    : `${optional}: ${print(optional ? checker.getNonNullableType(type) : type)}`;
  return row(`${symbol.name}${text}`, symbol);
}

function signature(call) {
  const given = call.getParameters().flatMap((one) => {
    const at = one.valueDeclaration ?? one.declarations?.[0];
    const type = at ? checker.getTypeOfSymbolAtLocation(one, at) : checker.getTypeOfSymbol(one);
    // methods of the table take their options as a rest tuple: none, or one optional
    if (checker.isTupleType(type)) {
      return checker.getTypeArguments(type).map((part) => `options?: ${print(checker.getNonNullableType(part))}`);
    }
    const optional = Boolean(at && ts.isParameter(at) && checker.isOptionalParameter(at));
    const name = one.name.startsWith('__') ? 'options' : one.name;
    return `${name}${optional ? '?' : ''}: ${print(optional ? checker.getNonNullableType(type) : type)}`;
  });
  const generic = call.typeParameters?.length ? `<${call.typeParameters.map((one) => print(one)).join(', ')}>` : '';
  return `${generic}(${given.join(', ')}): ${print(call.getReturnType())}`;
}

function members(type) {
  const shown = type
    .getProperties()
    .filter(
      (one) => !one.name.startsWith('__') && !one.name.startsWith('#') && one.name !== 'prototype' && !internal(one),
    )
    .filter(
      (one) =>
        !(one.declarations ?? []).some(
          (at) => ts.getCombinedModifierFlags(at) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected),
        ),
    )
    .filter((one) => (one.declarations ?? []).some((at) => at.getSourceFile().fileName.includes('/src/')));
  return shown.length ? table(shown.map(member)) : '';
}

function describe(name, exported) {
  const symbol = real(exported);
  const about = sentence(exported) || sentence(symbol);
  const head = [`### ${name}`, ...(about ? [about] : [])];
  if (symbol.flags & ts.SymbolFlags.Function) {
    const type = checker.getTypeOfSymbolAtLocation(symbol, symbol.valueDeclaration);
    return [...head, ...type.getCallSignatures().map((call) => code(`${name}${signature(call)}`))].join('\n\n');
  }
  if (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) {
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    const own =
      type.isUnion() || !(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) ? '' : members(type);
    if (own) {
      const made =
        symbol.flags & ts.SymbolFlags.Variable
          ? checker.getTypeOfSymbolAtLocation(symbol, symbol.valueDeclaration)
          : undefined;
      const statics = made ? members(made) : '';
      return [...head, own, ...(statics ? ['On the class itself:', statics] : [])].join('\n\n');
    }
    const written = type.isUnion() ? type.types.map(print).join(' | ') : print(type);
    return [...head, code(written)].join('\n\n');
  }
  const type = print(checker.getTypeOfSymbolAtLocation(symbol, symbol.valueDeclaration));
  return [...head, ...(type.length < 400 ? [code(type)] : [])].join('\n\n');
}

const seen = new Set();
const sections = entries.map(([entry, file]) => {
  const module = checker.getSymbolAtLocation(program.getSourceFile(`${root}src/${file}.ts`));
  const exported = checker.getExportsOfModule(module).filter((one) => !parts.has(one.name));
  const fresh = exported.filter((one) => !seen.has(real(one)));
  const again = exported.filter((one) => seen.has(real(one)));
  for (const one of exported) seen.add(real(one));
  fresh.sort((a, b) => a.name.localeCompare(b.name));
  const also = again.map((one) => code(one.name)).join(', ');
  const head = [`## chromask${entry.slice(1)}`, ...(also ? [`${also}: as above.`] : [])];
  return [...head, ...fresh.map((one) => describe(one.name, one))].join('\n\n');
});

mkdirSync(`${root}docs/api`, { recursive: true });
writeFileSync(
  `${root}docs/api/reference.md`,
  `# Reference\n\nWritten by \`npm run docs\` from the types of the code.\n\n${sections.join('\n\n')}\n`,
);
