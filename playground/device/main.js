// The page of a device: asks the worker, or where a worker has no WebGL2 does the checks here, and shows how they go.
import { all, find, make } from '../page/dom.js';

const [run, facts, rows, state, differences, give, save] = [
  'run',
  'facts',
  'rows',
  'state',
  'differences',
  'give',
  'save',
].map((id) => find(`#${id}`));

const NAMES = { colours: 'Channels of every colour', calls: 'Recorded calls' };
const KINDS = ['webgl2', 'wasm'];
const cells = new Map();

run.addEventListener('click', async () => {
  const only = all('[data-check]')
    .filter(({ checked }) => checked)
    .map(({ dataset }) => dataset.check);
  for (const one of [facts, rows, differences]) one.replaceChildren();
  cells.clear();
  give.hidden = true;
  run.disabled = true;
  document.body.dataset.state = 'running';
  try {
    show(await checked({ facts: await factsHere(), only }));
    state.textContent = '';
  } catch (error) {
    state.textContent = String(error?.message ?? error);
  }
  run.disabled = false;
  document.body.dataset.state = 'done';
});

async function factsHere() {
  const about = await fetch('../about.json').catch(() => undefined);
  const { version } = about?.ok ? await about.json() : {};
  return {
    chromask: version ?? null,
    date: new Date().toISOString().slice(0, 10),
    browser: navigator.userAgent,
    cores: navigator.hardwareConcurrency ?? null,
    isolated: globalThis.crossOriginIsolated === true,
  };
}

/** The report, of a worker where that has WebGL2. */
function checked({ facts, only }) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module' });
    const here = async () => {
      const [{ fetched }, { report }] = await Promise.all([import('./evidence.js'), import('./report.js')]);
      return report({ evidence: fetched, facts: { ...facts, where: 'page' }, only, tell });
    };
    const end = (settle, value) => {
      worker.terminate();
      settle(value);
    };
    worker.onerror = ({ message }) => end(reject, new Error(message || 'the worker cannot start'));
    worker.onmessage = ({ data }) => {
      if (data.type === 'told') tell(data.one);
      else if (data.type === 'made') end(resolve, data.made);
      else if (data.type === 'elsewhere') end(resolve, here());
      else end(reject, new Error(data.message));
    };
    worker.postMessage({ facts: { ...facts, where: 'worker' }, only });
  });
}

function tell({ kind, check, done, total, found }) {
  if (check === 'auto') return;
  if (found) return filled(kind, check, found);
  state.textContent = `${kind === 'wasm' ? 'WASM' : 'WebGL2'}, ${check}: ${done} of ${total}`;
}

function filled(kind, check, found) {
  if (found.error) {
    const cell = cellOf('Not available', kind);
    cell.textContent = found.error;
  } else if (check === 'times') {
    for (const [name, ms] of Object.entries(found)) cellOf(name, kind).textContent = `${ms} ms`;
  } else {
    const cell = cellOf(NAMES[check], kind);
    cell.textContent = found.failed ? `${found.failed} of ${found.tried} differ` : `pass, ${found.tried}`;
    if (!found.failed) return;
    cell.dataset.failed = '';
    differences.append(make('li', { textContent: `${kind}, ${NAMES[check].toLowerCase()}: ${found.first}` }));
  }
}

function cellOf(name, kind) {
  if (!cells.has(name)) {
    const own = Object.fromEntries(KINDS.map((one) => [one, make('td', { textContent: '–' })]));
    rows.append(make('tr', {}, make('th', { scope: 'row', textContent: name }), ...KINDS.map((one) => own[one])));
    cells.set(name, own);
  }
  return cells.get(name)[kind];
}

function show(made) {
  const told = {
    Renderer: made.renderer ?? 'no WebGL2',
    'auto takes': `${made.auto.name}, after ${made.auto.ms} ms`,
    because: made.auto.why.join('; '),
    Browser: made.browser,
  };
  for (const [name, text] of Object.entries(told))
    if (text) facts.append(make('dt', { textContent: name }), make('dd', { textContent: text }));
  URL.revokeObjectURL(save.href);
  save.href = URL.createObjectURL(new Blob([`${JSON.stringify(made, null, 1)}\n`], { type: 'application/json' }));
  give.hidden = false;
}
