// The most frequent colours of the picture, to click; those that look alike together.
import { all, find, make, numberField } from './dom.js';
import { grouped } from './groups.js';
import { edited } from './store.js';

const hexOf = (color) => `#${color.map((value) => value.toString(16).padStart(2, '0')).join('')}`;

export function createColors(store, engine) {
  const swatches = find('#swatches');
  let groups = [];

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
  const [showLeast, showMost] = [set(find('#min-pixels'), 'minPixels'), set(find('#max-count'), 'maxCount')];

  const swatch = ({ color, places, count }) => {
    const more = places.length > 1 ? ` and ${places.length - 1} like it` : '';
    const title = `${hexOf(color)}${more}, ${count.toLocaleString('en')} pixels`;
    const button = make('button', { type: 'button', title });
    button.setAttribute('aria-label', title);
    button.style.setProperty('--color', hexOf(color));
    button.addEventListener('click', () => {
      const { colors } = edited(store.state);
      const rest = colors.filter((one) => !places.includes(one));
      const next = places.every((one) => colors.includes(one)) ? rest : [...rest, ...places];
      store.mask({ colors: next.sort((a, b) => a - b), marks: [] });
    });
    return button;
  };

  engine.on('colors', ({ colors, counts }) => {
    const focused = all('button', swatches).indexOf(document.activeElement);
    groups = grouped(colors, [...counts]);
    swatches.replaceChildren(...groups.map(swatch));
    if (focused >= 0) all('button', swatches)[Math.min(focused, groups.length - 1)]?.focus();
    // a photo has thousands of colours, and few of its pixels are of any one
    find('#colors-note').textContent =
      groups.length < 3 ? 'In a photo, click the picture: few of its pixels are of one colour.' : '';
    mark(store.state);
  });

  const mark = (state) => {
    const { colors, marks } = edited(state);
    const alone = marks[0]?.how === 'new';
    all('button', swatches).forEach((button, i) => {
      button.setAttribute('aria-pressed', !alone && groups[i].places.every((place) => colors.includes(place)));
    });
  };

  return (state) => {
    const { minPixels, maxCount } = state.work.colorMap;
    showLeast(minPixels);
    showMost(maxCount);
    mark(state);
  };
}
