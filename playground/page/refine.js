// What is done to the selection, in this order: switches, and sliders with a number beside each.
import { find, numberField, put, whenSettled } from './dom.js';
import { edited, neutral } from './store.js';

const settings = ['invert', 'threshold', 'holes', 'specks', 'grow', 'blur', 'feather'];
const whole = ['specks', 'grow', 'feather'];

export function createRefine(store) {
  const invert = find('#invert');
  const holes = find('#holes');
  const on = find('#threshold-on');
  holes.addEventListener('change', () => store.mask({ holes: holes.checked }));
  invert.addEventListener('change', () => store.mask({ invert: invert.checked }));
  on.addEventListener('change', () => store.mask({ threshold: on.checked ? 0.5 : null }));
  find('#reset-refine').addEventListener('click', () => {
    store.mask(Object.fromEntries(settings.map((name) => [name, neutral[name]])));
    // the button is about to go, and focus with it
    invert.focus();
  });
  const sliders = ['threshold', 'specks', 'grow', 'blur', 'feather'].map((name) => slider(store, name));

  return (state) => {
    const mask = edited(state);
    put(invert, 'checked', mask.invert);
    put(on, 'checked', mask.threshold !== null);
    put(holes, 'checked', mask.holes);
    put(find('#threshold-slide'), 'hidden', mask.threshold === null);
    put(
      find('#reset-refine'),
      'hidden',
      settings.every((name) => mask[name] === neutral[name]),
    );
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
    if (!Number.isNaN(value)) live(whole.includes(name) ? Math.round(value) : value);
  });
  for (const input of [range, number]) whenSettled(input, () => store.settle());

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
