// The tools, how they join what is selected, and what each of them can be set to.
import { all, find, put, whenSettled } from './dom.js';
import { edited } from './store.js';

const radios = (name) => all(`input[name="${name}"]`);

export function createTools(store) {
  for (const radio of radios('tool')) radio.addEventListener('change', () => store.look({ tool: radio.value }));
  for (const radio of radios('how')) radio.addEventListener('change', () => store.look({ how: radio.value }));
  const [tolerance, contiguous, brush, clear] = ['#tolerance', '#contiguous', '#brush', '#clear-marks'].map((id) =>
    find(id),
  );

  /** The newest click with the wand, which its settings still change. */
  const last = () => {
    const { marks } = edited(store.state);
    return marks.at(-1)?.tool === 'wand' ? marks.at(-1) : undefined;
  };
  const change = (patch, live) => {
    store.look(patch);
    const mark = last();
    if (!mark) return;
    const marks = edited(store.state).marks.slice(0, -1);
    store.mask({ marks: [...marks, { ...mark, ...patch }] }, { live });
  };
  tolerance.addEventListener('input', () => change({ tolerance: tolerance.valueAsNumber }, true));
  whenSettled(tolerance, () => store.settle());
  contiguous.addEventListener('change', () => change({ contiguous: contiguous.checked }, false));
  brush.addEventListener('input', () => store.look({ brush: brush.valueAsNumber }));
  clear.addEventListener('click', () => {
    store.mask({ marks: [] });
    find('#stage').focus();
  });

  return (state) => {
    const { tool, how, ...view } = state.view;
    const { marks } = edited(state);
    for (const radio of radios('tool')) put(radio, 'checked', radio.value === tool);
    for (const radio of radios('how')) put(radio, 'checked', radio.value === how);
    put(find('#hows'), 'hidden', tool === 'hand');
    put(find('#wand-options'), 'hidden', tool !== 'wand');
    put(find('#brush-options'), 'hidden', tool !== 'brush');
    const shown = marks.at(-1)?.tool === 'wand' ? marks.at(-1).tolerance : view.tolerance;
    put(tolerance, 'value', String(shown));
    tolerance.style.setProperty('--to', `${(shown / 255) * 100}%`);
    put(find('#tolerance-value'), 'textContent', String(shown));
    put(contiguous, 'checked', view.contiguous);
    put(brush, 'value', String(view.brush));
    brush.style.setProperty('--to', `${((view.brush - 1) / 199) * 100}%`);
    put(find('#brush-value'), 'textContent', `${view.brush} px`);
    put(clear, 'disabled', marks.length === 0);
  };
}
