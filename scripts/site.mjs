// Adds to typedoc's site: llms.txt, the documents as Markdown for programs, and the playground. Needs dist/.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const site = 'docs/site';
mkdirSync(`${site}/md`, { recursive: true });

/** A document's title and first sentence. */
function headOf(file) {
  const [head, ...rest] = readFileSync(file, 'utf8')
    .replace(/<!--.*?-->/gs, '')
    .split('\n\n');
  const prose = rest.find((one) => /^[A-Z`]/.test(one)) ?? '';
  const sentence = /^.*?[.:](?=\s|$)/s.exec(prose.replace(/\s+/g, ' '))?.[0] ?? '';
  return { title: head.replace(/^# /, '').trim(), sentence: sentence.replace(/\[([^\]]+)\]\([^)]*\)/g, '$1') };
}

const files = [...readdirSync('docs').filter((name) => name.endsWith('.md')), 'api/reference.md'];
const lines = files.map((name) => {
  const to = name.split('/').at(-1);
  cpSync(`docs/${name}`, `${site}/md/${to}`);
  const { title, sentence } = headOf(`docs/${name}`);
  return `- [${title}](md/${to})${sentence ? `: ${sentence}` : ''}`;
});
const { description, version } = JSON.parse(readFileSync('package.json', 'utf8'));
writeFileSync(
  `${site}/llms.txt`,
  `# chromask ${version}\n\n> ${description}\n\n\`npm install chromask\`; \`import { open } from 'chromask'\`. All methods with their types are in the reference.\n\n## Documents\n\n${lines.join('\n')}\n`,
);
// typedoc refuses links to files that it has not made
const index = readFileSync(`${site}/index.html`, 'utf8')
  .replaceAll('https://play.invalid', 'play/playground/index.html')
  .replaceAll('https://llms.invalid', 'llms.txt');
writeFileSync(`${site}/index.html`, index);
execFileSync(process.execPath, ['scripts/play.mjs', '--out', `${site}/play`], {
  stdio: ['ignore', 'ignore', 'inherit'],
});
