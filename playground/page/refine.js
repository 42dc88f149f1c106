// Invert, threshold, grow and feather: a switch, and sliders with a number beside each.
import { find, numberField, put } from './dom.js';
import { edited, neutral } from './store.js';

export function createRefine(store) {
  const invert = find('#invert');
  const on = find('#threshold-on');
  invert.addEventListener('change', () => store.mask({ invert: invert.checked }));
  on.addEventListener('change', () => store.mask({ threshold: on.checked ? 0.5 : null }));
  find('#reset-refine').addEventListener('click', () => {
    const { invert, threshold, grow, feather } = neutral;
    store.mask({ invert, threshold, grow, feather });
  });
  const sliders = ['threshold', 'grow', 'feather'].map((name) => slider(store, name));

  return (state) => {
    const mask = edited(state);
    put(invert, 'checked', mask.invert);
    put(on, 'checked', mask.threshold !== null);
    find('#threshold-slide').hidden = mask.threshold === null;
    find('#feather-note').hidden = !mask.feather;
    find('#reset-refine').hidden = !mask.invert && mask.threshold === null && !mask.grow && !mask.feather;
    for (const update of sliders) update(mask);
  };
}

function slider(store, name) {
  const range = find(`#${name}`);
  const number = find(`#${name}-number`);
  const show = numberField(number);
  const [least, most] = [Number(range.min), Number(range.max)];
  const live = (value) => store.mask({ [name]: Math.min(Math.max(value, least), most) }, { live: true });
  range.addEventListener('input', () => live(range.valueAsNumber));
  number.addEventListener('input', () => {
    const value = number.valueAsNumber;
    if (!Number.isNaN(value)) live(name === 'threshold' ? value : Math.round(value));
  });
  for (const input of [range, number]) input.addEventListener('change', () => store.settle());

  return (mask) => {
    const value = mask[name] ?? 0.5;
    put(range, 'value', String(value));
    show(value);
    const share = (at) => `${((at - least) / (most - least)) * 100}%`;
    const [from, to] = [Math.min(0, value), Math.max(0, value)];
    range.style.setProperty('--from', share(Math.max(from, least)));
    range.style.setProperty('--to', share(to));
  };
}
