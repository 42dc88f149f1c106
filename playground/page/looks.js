// How the mask is looked at, which of the two is edited, and what they make together.
import { all, find, put } from './dom.js';

const radios = (name) => all(`input[name="${name}"]`);

export function createLooks(store) {
  for (const radio of radios('mode')) radio.addEventListener('change', () => store.look({ mode: radio.value }));
  for (const radio of radios('device')) radio.addEventListener('change', () => store.look({ device: radio.value }));
  for (const radio of radios('editing'))
    radio.addEventListener('change', () => store.look({ editing: Number(radio.value) }));
  const [tint, opacity, ants, combine] = ['#tint', '#opacity', '#ants', '#combine'].map((id) => find(id));
  tint.addEventListener('input', () => store.look({ tint: tint.value }));
  opacity.addEventListener('input', () => store.look({ opacity: opacity.valueAsNumber }));
  ants.addEventListener('change', () => store.look({ ants: ants.checked }));
  combine.addEventListener('change', () => {
    const alone = combine.value === 'none';
    // who combines wants to see to the second mask; who no longer does has only the first
    if (alone || store.state.work.combine === 'none') store.look({ editing: alone ? 0 : 1 });
    store.work({ combine: combine.value });
  });

  return ({ work, view }) => {
    for (const radio of radios('mode')) put(radio, 'checked', radio.value === view.mode);
    for (const radio of radios('device')) put(radio, 'checked', radio.value === view.device);
    for (const radio of radios('editing')) put(radio, 'checked', Number(radio.value) === view.editing);
    put(tint, 'value', view.tint);
    put(opacity, 'value', String(view.opacity));
    opacity.style.setProperty('--to', `${view.opacity * 100}%`);
    find('#tinting').classList.toggle('off', view.mode !== 'overlay');
    for (const input of [tint, opacity]) put(input, 'disabled', view.mode !== 'overlay');
    put(ants, 'checked', view.ants);
    put(combine, 'value', work.combine);
    put(radios('editing')[1], 'disabled', work.combine === 'none');
  };
}
