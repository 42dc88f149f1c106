// Writes the tables in Markdown files from the code's own tables: `node scripts/docs.mjs`. `--check` only compares
// them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { jobs } from '../bench/jobs.mjs';
import { fast, goals, markdown } from '../bench/table.mjs';
import { fromSource } from './source.mjs';

const { channels, layerChannels, ops, core, objectInfo } = await fromSource(`
  export { channels, layerChannels, ops } from './src/index.ts';
  export { core, objectInfo } from './src/comfy/index.ts';
`);
/** Packs in the code's order, each with its nodes and their objectInfo. */
const packs = await Promise.all(
  [...new Set((await core.packs()).map(({ name }) => name))].map(async (name) => ({
    name,
    nodes: await core.nodes(name),
    info: await objectInfo({ pack: name }),
  })),
);

const folder = new URL('../src/ops/', import.meta.url);
const source = readdirSync(folder)
  // options of measures share names with operations
  .filter((file) => file.endsWith('.ts') && !file.includes('Options'))
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  .join('\n');

/** The comment above each row, so that the documentation says what editors show on hover. */
const sentences = new Map(
  [...source.matchAll(/^ {2}\/\*\* (.+?) \*\/\n {2}(\w+):/gm)].map(([, sentence, name]) => [name, sentence]),
);

const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const measured = () => JSON.parse(readFileSync(new URL('../bench/results.json', import.meta.url), 'utf8'));

const blocks = {
  speed: () => goals(measured(), jobs),
  fast: () => fast(measured(), jobs),
  measured: () => markdown(measured()),
  channels: () =>
    table(
      ['channel', 'what it is'],
      Object.entries(channels).map(([label, op]) => [
        `\`${label}\``,
        `${sentences.get(op)}${Object.hasOwn(layerChannels, label) || label === 'luma' ? '' : ' Of a float picture, its float.'}`,
      ]),
    ),
  nodes: () =>
    packs
      .map(
        ({ name, nodes }) =>
          `**${name}**: ${Object.keys(nodes)
            .map((one) => `\`${one}\``)
            .join(', ')}.`,
      )
      .join('\n\n'),
  reference: () => packs.map((pack) => `## ${pack.name}\n\n${reference(pack)}`).join('\n\n'),
  operations: () =>
    table(
      ['method', 'parameters', 'what it does'],
      Object.entries(ops)
        .filter(([, row]) => row.on && !row.channel)
        .map(([name, row]) => [
          `\`${row.on === 'both' ? 'mask' : row.on}.${name}\`${row.on === 'both' ? ', `image`' : ''}`,
          [...(row.with ? ['other'] : []), ...Object.entries(row.params).map(parameter)].join(', '),
          sentences.get(name),
        ]),
    ),
};

const reference = ({ nodes, info }) =>
  table(
    ['node', 'inputs', 'gives', 'what it does', 'where the original is broken or leaves something open'],
    Object.entries(info).map(([name, { input, output, output_name, output_is_list, description }]) => [
      [`\`${name}\``, ...(nodes[name].also ?? []).map((other) => `also \`${other}\``)].join('<br>'),
      [
        ...Object.entries({ ...input.required, ...input.optional }).map(([one, [type, facts]]) =>
          described(one, type, facts, input.optional?.[one] !== undefined),
        ),
        ...(nodes[name].more ? [`${nodes[name].more.prefix}1, …: ${nodes[name].more.input.type}`] : []),
      ].join('<br>'),
      output
        .map(
          (type, i) =>
            `${type}${output_is_list[i] ? ' list' : ''}${output_name[i] === type ? '' : ` ${output_name[i]}`}`,
        )
        .join(', ') || 'a picture to show',
      description,
      nodes[name].quirk ?? '',
    ]),
  );

const parameter = ([name, param]) => {
  if (param.type === 'color') return `${name}, a colour`;
  const fallback = param.default === undefined ? ' (required)' : ` ${param.default}`;
  return `${name}${fallback}${param.min === undefined || param.max >= 2 ** 30 ? '' : ` (${param.min}..${param.max})`}`;
};

/** One input of a node: type or options, default, range, step. */
function described(input, type, facts = {}, optional = false) {
  if (facts.image_upload) return `${input}: a file`;
  const kind = Array.isArray(type) ? type.join(' \\| ') : type;
  const fallback = facts.default === undefined ? '' : ` ${facts.default === '' ? "''" : facts.default}`;
  const end = facts.max === 2 ** 64 ? '' : facts.max;
  const range =
    facts.min === undefined ? '' : ` (${facts.min}..${end}${facts.step === 1 ? '' : `, step ${facts.step}`})`;
  return `${input}: ${kind}${fallback}${range}${optional ? ', optional' : ''}`;
}

let stale = false;
for (const file of ['README.md', 'docs/operations.md', 'docs/nodes.md', 'bench/README.md']) {
  const path = new URL(`../${file}`, import.meta.url);
  const before = readFileSync(path, 'utf8');
  const after = before.replace(/<!-- (\w+) -->\n[\s\S]*?<!-- \/\1 -->/g, (whole, name) =>
    Object.hasOwn(blocks, name) ? `<!-- ${name} -->\n${blocks[name]()}\n<!-- /${name} -->` : whole,
  );
  if (after === before) continue;
  stale = true;
  if (process.argv.includes('--check')) console.error(`${file} is not what the tables say; run: npm run docs`);
  else writeFileSync(path, after);
}
if (stale && process.argv.includes('--check')) process.exitCode = 1;
