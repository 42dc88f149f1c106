// Ways out: files to keep, and things to paste elsewhere.
import { codeOf } from './code.js';
import { all, find, make } from './dom.js';
import { promptOf, workflowOf } from './graph.js';
import { say } from './say.js';
import { stepsOf } from './steps.js';

export function createShare(store, engine) {
  const picture = { file: 'picture.png', transparent: false, colors: 0 };
  engine.on('loaded', ({ name, transparent }) => Object.assign(picture, { file: name, transparent, colors: 0 }));
  engine.on('colors', ({ colors }) => Object.assign(picture, { colors: colors.length }));

  const graph = () => workflowOf(stepsOf(store.state.work, picture));
  const text = () => {
    const steps = stepsOf(store.state.work, picture);
    return { prompt: JSON.stringify(promptOf(steps)), workflow: JSON.stringify(workflowOf(steps)) };
  };
  const png = async (kind, keep) => {
    const { work, view } = store.state;
    const { bytes } = await engine.ask('write', { kind, work, view, text: keep ? text() : undefined });
    return new Blob([bytes], { type: 'image/png' });
  };
  const download = async (kind) => {
    const blob = await png(kind, find('#keep-workflow').checked);
    const plain = picture.file.replace(/\.\w+$/, '');
    const name = `${plain}-${kind === 'alpha' ? 'cutout' : 'mask'}.png`;
    const url = URL.createObjectURL(blob);
    make('a', { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    say(`Saved ${name}`, { seen: true });
  };
  const copy = async (what, words) => {
    await navigator.clipboard.writeText(words);
    say(`Copied ${what}`, { seen: true });
  };

  const ways = {
    gray: () => download('gray'),
    alpha: () => download('alpha'),
    async clipboard() {
      // the item takes a promise, so that the click still counts when the picture is ready
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': png('gray', false) })]);
      say('Copied the mask', { seen: true });
    },
    code: () => copy('the code', codeOf(store.state.work, picture)),
    graph: () => copy('the graph', JSON.stringify(graph(), undefined, 1)),
  };

  const run = async (way) => {
    find('#share-menu').hidePopover();
    try {
      await ways[way]();
    } catch (error) {
      say(`That did not work: ${error.message}`, { seen: true });
    }
  };
  for (const button of all('[data-share]')) button.addEventListener('click', () => run(button.dataset.share));
  return run;
}
