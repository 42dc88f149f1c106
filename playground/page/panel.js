// The mask as code, beside it while it changes: TypeScript, the recipe as JSON, a graph of ComfyUI.
import { codeOf } from './code.js';
import { all, find, put, putLines, seldom } from './dom.js';
import { filesOf, partName } from './steps.js';

/** Longer text than this is cut where it is shown; what is copied is whole. */
const MOST = 20_000;
/** Milliseconds between two texts while something is dragged: laying text out takes time from the mask. */
const PAUSE = 100;

export function createPanel(store, facts) {
  const radios = all('input[name="code"]');
  const text = find('#code-text');
  const note = find('#code-note');
  const toggle = find('#code-toggle');
  for (const radio of radios) radio.addEventListener('change', () => store.look({ code: radio.value }));
  toggle.addEventListener('click', () => store.look({ code: store.state.view.code ? '' : 'ts' }));
  let recipe;

  const ways = {
    ts: () => codeOf(store.state.work, facts),
    recipe: () => (recipe ? pretty(recipe) : 'The recipe follows when the picture is at rest.'),
    graph: () => JSON.stringify(facts.graph(), undefined, 1),
  };
  const notes = {
    ts: () => '',
    recipe: () => 'device.run(recipe, inputs) makes the same mask of any picture.',
    graph: () => {
      const parts = filesOf(store.state.work).map((part) => partName(facts.file, part));
      if (!parts.length) return 'Copy it and paste it on the canvas of ComfyUI.';
      return `No node selects by hand: the graph loads ${parts.join(' and ')}, which Export saves.`;
    },
  };
  const write = () => {
    const { code } = store.state.view;
    if (!code) return;
    const whole = facts.open ? ways[code]() : 'Open a picture to see the code of its mask.';
    putLines(text, whole.length > MOST ? `${whole.slice(0, MOST)}\n… ${whole.length - MOST} more characters` : whole);
    put(note, 'textContent', facts.open ? notes[code]() : '');
  };
  const writeSoon = seldom(write, PAUSE);
  let way;

  return {
    /** All of the text that is shown. */
    text: () => ways[store.state.view.code || 'ts'](),
    recipe(next) {
      recipe = next;
      write();
    },
    write,
    update({ view: { code } }) {
      for (const radio of radios) put(radio, 'checked', radio.value === code);
      find('#code').classList.toggle('shut', !code);
      toggle.setAttribute('aria-expanded', Boolean(code));
      if (code !== way) write();
      else writeSoon();
      way = code;
    },
  };
}

/** JSON with a line for each step. */
function pretty({ inputs, steps, ...rest }) {
  const lines = (list) => `[\n${list.map((one) => `    ${JSON.stringify(one)}`).join(',\n')}\n  ]`;
  const others = Object.entries(rest).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  const [version, ...after] = others;
  return `{\n${[version, `  "inputs": ${lines(inputs)}`, `  "steps": ${lines(steps)}`, ...after].join(',\n')}\n}`;
}
