// Writes the table of docs/devices.md from the reports in docs/devices/, which the page of a device makes (`npm run
// play`, "Your device"). `--check` fails if the table differs. `--measure [names]` makes the reports of Node and of
// the suite's browsers again.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const FOLDER = 'docs/devices';
const PAGE = 'docs/devices.md';
const MARKS = ['<!-- devices -->', '<!-- /devices -->'];
/** Jobs whose times are in the table. */
const SHOWN = ['Lightness of Lab', 'Grown by 8'];

/** Reports of the suite's browsers, by their names for `--measure`. */
const FILES = {
  swiftshader: 'chromium-swiftshader',
  llvmpipe: 'chromium-llvmpipe',
  firefox: 'firefox-llvmpipe',
  webkit: 'webkitgtk-llvmpipe',
};

export function reports() {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({ name: name.slice(0, -'.json'.length), ...JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) }));
}

/** The page with a line for each device of each report. */
export function filled(text, all) {
  const [from, to] = MARKS.map((mark) => text.indexOf(mark));
  if (from < 0 || to < from) throw new Error(`${PAGE} has no ${MARKS.join(' … ')}`);
  const head = [
    'where',
    'renderer',
    'device',
    'colours',
    'calls',
    ...SHOWN.map((name) => `${name}, 1024²`),
    '`auto` takes',
  ];
  const rows = all.flatMap((one) =>
    Object.entries(one.devices)
      .filter(([, found]) => !found.error)
      .map(([kind, found]) => [
        one.name,
        (kind === 'webgl2' && one.renderer) || '',
        kind,
        verdict(found.colours),
        verdict(found.calls),
        ...SHOWN.map((name) => (found.times ? `${found.times[name]} ms` : '')),
        kind === one.auto.name ? `this, in ${one.auto.ms} ms` : '',
      ]),
  );
  const lines = [head, head.map(() => '---'), ...rows.map((row) => row.map(plain))].map(
    (row) => `| ${row.join(' | ')} |`,
  );
  return `${text.slice(0, from)}${MARKS[0]}\n${lines.join('\n')}\n${text.slice(to)}`;
}

/** Reports come from strangers, so nothing in them may be more than the text of a cell. */
const plain = (cell) =>
  String(cell)
    .replaceAll(/[|\n\r<>[\]`\\]/g, ' ')
    .slice(0, 120);

const verdict = (found) => {
  if (!found) return '';
  return found.failed ? `${found.failed} of ${found.tried} differ` : `pass (${found.tried})`;
};

async function measure(wanted) {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const facts = { chromask: version, date: new Date().toISOString().slice(0, 10), cores: cpus().length };
  const save = (name, made) => {
    writeFileSync(join(FOLDER, `${name}.json`), `${JSON.stringify(made, null, 1)}\n`);
    console.log(name, JSON.stringify(made.devices, null, 1));
  };
  if (!wanted.length || wanted.includes('node')) {
    const [{ report }, { unpacked }] = await Promise.all([
      import('../playground/device/report.js'),
      import('./evidence.mjs'),
    ]);
    const browser = `Node ${process.versions.node}, ${process.platform} ${process.arch}`;
    save('node', await report({ evidence: unpacked, facts: { ...facts, browser, isolated: false, where: 'node' } }));
  }
  await inBrowsers(wanted, facts, save);
}

async function inBrowsers(wanted, facts, save) {
  const { kinds, start } = await (await import('./browsers.mjs')).browsers();
  const { evidence } = await import('./evidence.mjs');
  const script = `window.checksReady = true;
    window.ask = async (where, check, facts) => {
      const at = '/dist/playground/device/';
      const [{ fetched }, { report }] = await Promise.all([import(at + 'evidence.js'), import(at + 'report.js')]);
      return report({ evidence: fetched, facts: { ...facts, browser: navigator.userAgent, isolated: crossOriginIsolated, where: 'page' } });
    };`;
  // its server serves one folder, so everything is put below that
  const built = (path) => {
    const packed = path.startsWith('playground/device/evidence/') ? path.split('/').at(-1) : '';
    if (Object.hasOwn(evidence, packed)) return evidence[packed]();
    if (!/^(playground|dist)\/[\w./-]+\.js$/.test(path) || path.includes('..')) return undefined;
    return readFileSync(path);
  };
  for (const [i, name] of Object.keys(FILES).entries()) {
    const kind = kinds[i];
    if (wanted.length && !wanted.includes(name)) continue;
    if (!kind.path) {
      console.log(`${kind.name} is not installed`);
      continue;
    }
    const session = await start({ ...kind, patience: 1_800_000 }, script, built);
    try {
      save(FILES[name], await session.run('report', facts));
    } finally {
      await session.close();
    }
  }
}

const [asked, ...names] = process.argv.slice(2);
if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (asked === '--measure') await measure(names);
  const text = readFileSync(PAGE, 'utf8');
  const wanted = filled(text, reports());
  if (asked !== '--check') writeFileSync(PAGE, wanted);
  else if (wanted !== text) {
    console.error(`${PAGE} is not what the files under ${FOLDER}/ say: node scripts/devices.mjs`);
    process.exitCode = 1;
  }
}
