// Ways out: files to keep, and things to paste elsewhere.
import { all, find, make } from './dom.js';
import { promptOf, workflowOf } from './graph.js';
import { addressOf } from './link.js';
import { complain, say } from './say.js';
import { filesOf, partName, stepsOf } from './steps.js';

export function createShare(store, engine, { facts, panel, recipe }) {
  const steps = () => stepsOf(store.state.work, facts);
  facts.graph = () => workflowOf(steps());

  /** A graph where nodes make the mask; otherwise the recipe does. */
  const text = async () => {
    if (filesOf(store.state.work).length) return { chromask: await recipe.text() };
    return { prompt: JSON.stringify(promptOf(steps())), workflow: JSON.stringify(facts.graph()) };
  };
  const png = async (kind, keep) => {
    const { work, view } = store.state;
    const { bytes } = await engine.ask('write', { kind, work, view, text: keep ? await text() : undefined });
    return new Blob([bytes], { type: 'image/png' });
  };
  const plain = () => facts.file.replace(/\.\w+$/, '');
  const save = (blob, name) => {
    const url = URL.createObjectURL(blob);
    make('a', { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    say(`Saved ${name}`, { seen: true });
  };
  const download = async (kind) => {
    const keep = find('#keep-workflow').checked;
    save(await png(kind, keep), `${plain()}-${kind === 'alpha' ? 'cutout' : 'mask'}.png`);
  };
  const copy = async (what, words) => {
    await navigator.clipboard.writeText(words);
    say(`Copied ${what}`, { seen: true });
  };

  const ways = {
    gray: () => download('gray'),
    alpha: () => download('alpha'),
    async recipe() {
      save(new Blob([await recipe.text()], { type: 'application/json' }), `${plain()}.chromask.json`);
    },
    async parts() {
      for (const part of filesOf(store.state.work)) save(await png(part, false), partName(facts.file, part));
    },
    async clipboard() {
      // the item takes a promise, so that the click still counts when the picture is ready
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': png('gray', false) })]);
      say('Copied the mask', { seen: true });
    },
    code: () => copy('the code', facts.code()),
    graph: () => copy('the graph', JSON.stringify(facts.graph(), undefined, 1)),
    shown: () => copy('the code', panel.text()),
    async link() {
      const address = await addressOf(store.state);
      if (address === undefined) throw new Error('this selection is too long for a link; save the recipe');
      await copy('the link', location.href.replace(/#.*$/, '') + (address && `#${address}`));
    },
  };

  const run = async (way) => {
    if (!facts.open) return say('Open a picture first', { seen: true });
    try {
      await ways[way]();
    } catch ({ message }) {
      complain('That did not work.', message);
    }
  };
  const menu = find('#share-menu');
  for (const button of all('[data-share]'))
    button.addEventListener('click', () => {
      if (menu.contains(button)) menu.hidePopover();
      run(button.dataset.share);
    });
  menu.addEventListener('toggle', ({ newState }) => {
    if (newState !== 'open') return;
    find('[data-share="parts"]').hidden = !filesOf(store.state.work).length;
    find('[data-share="gray"]').focus();
  });
  return run;
}
