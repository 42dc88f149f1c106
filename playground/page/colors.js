// The most frequent colours of the picture, to click.
import { all, find, make, numberField } from './dom.js';
import { edited } from './store.js';

export function createColors(store, engine) {
  const swatches = find('#swatches');
  const least = find('#min-pixels');
  const most = find('#max-count');

  const set = (input, name) => {
    const show = numberField(input);
    input.addEventListener('change', () => {
      const value = Math.round(input.valueAsNumber);
      const { colorMap } = store.state.work;
      const [low, high] = [Number(input.min), Number(input.max)];
      if (Number.isNaN(value)) return show(colorMap[name]);
      store.work({ colorMap: { ...colorMap, [name]: Math.min(Math.max(value, low), high) } });
    });
    return show;
  };
  const [showLeast, showMost] = [set(least, 'minPixels'), set(most, 'maxCount')];

  engine.on('colors', ({ colors, counts }) => {
    const focused = all('button', swatches).indexOf(document.activeElement);
    swatches.replaceChildren(...colors.map((color, place) => swatch(store, color, counts[place], place)));
    if (focused >= 0) all('button', swatches)[Math.min(focused, colors.length - 1)]?.focus();
    find('#colors-count').textContent = colors.length || 'none this frequent';
    mark(store.state);
  });

  const mark = (state) => {
    const { colors } = edited(state);
    all('button', swatches).forEach((button, place) => button.setAttribute('aria-pressed', colors.includes(place)));
  };

  return (state) => {
    const { minPixels, maxCount } = state.work.colorMap;
    showLeast(minPixels);
    showMost(maxCount);
    mark(state);
  };
}

function swatch(store, color, count, place) {
  const hex = `#${color.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
  const button = make('button', { type: 'button', title: `${hex}, ${count.toLocaleString('en')} pixels` });
  button.setAttribute('aria-label', button.title);
  button.style.setProperty('--color', hex);
  button.addEventListener('click', () => {
    const { colors } = edited(store.state);
    const next = colors.includes(place) ? colors.filter((one) => one !== place) : [...colors, place];
    store.mask({ colors: next.sort((a, b) => a - b) });
  });
  return button;
}
