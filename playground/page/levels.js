// Black, gray and white points under a histogram: drag them, move them by keys, or type them.
import { all, find, numberField, put, whenSettled } from './dom.js';
import { edited, usesChannel } from './store.js';

const limit = (value, least, most) => Math.min(Math.max(value, least), most);
const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

/** Where the gray point stands between black and white: what comes out as the middle. */
const placeOf = ({ black, gray, white }) => black + (white - black) * 0.5 ** gray;
const grayAt = (place, { black, white }) => {
  const share = limit((place - black) / (white - black), 0.001, 0.9931);
  return limit(Math.round((Math.log(share) / Math.log(0.5)) * 100) / 100, 0.01, 9.99);
};

/** A point moved to a new value, kept apart from the others. */
const moved = {
  black: (value, { white }) => ({ black: limit(Math.round(value), 0, white - 1) }),
  white: (value, { black }) => ({ white: limit(Math.round(value), black + 1, 255) }),
  gray: (value) => ({ gray: limit(Math.round(value * 100) / 100, 0.01, 9.99) }),
};

export function createLevels(store, engine) {
  const points = find('#points');
  const handles = Object.fromEntries(all('.point', points).map((one) => [one.dataset.point, one]));
  const numbers = Object.fromEntries(['black', 'gray', 'white'].map((name) => [name, find(`#${name}`)]));
  const shows = Object.fromEntries(Object.entries(numbers).map(([name, input]) => [name, numberField(input)]));

  for (const [name, handle] of Object.entries(handles)) {
    handle.addEventListener('pointerdown', (event) => {
      if (find('#levels').disabled || event.button !== 0) return;
      event.preventDefault();
      handle.focus();
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener('pointermove', (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const { left, width } = points.getBoundingClientRect();
      const place = limit(((event.clientX - left) / width) * 255, 0, 255);
      const levels = edited(store.state);
      store.mask(name === 'gray' ? { gray: grayAt(place, levels) } : moved[name](place, levels), { live: true });
    });
    handle.addEventListener('lostpointercapture', () => store.settle());
    handle.addEventListener('keydown', (event) => {
      const levels = edited(store.state);
      const size = event.shiftKey ? 10 : 1;
      const ends = { Home: -1e3, End: 1e3 };
      const by = steps[event.key] ? steps[event.key] * size : ends[event.key];
      if (by === undefined || find('#levels').disabled) return;
      event.preventDefault();
      // to the right the gray point darkens, as dragging it does
      const value = name === 'gray' ? levels.gray - by * 0.01 : levels[name] + by;
      store.mask(moved[name](value, levels), { live: true });
    });
    handle.addEventListener('keyup', () => store.settle());
    handle.addEventListener('dblclick', () => store.mask({ [name]: { black: 0, gray: 1, white: 255 }[name] }));
  }

  for (const [name, number] of Object.entries(numbers)) {
    number.addEventListener('input', () => {
      if (number.value !== '') store.mask(moved[name](number.valueAsNumber, edited(store.state)), { live: true });
    });
    whenSettled(number, () => store.settle());
  }
  find('#reset-levels').addEventListener('click', () => {
    store.mask({ black: 0, gray: 1, white: 255 });
    // the button is about to go, and focus with it
    handles.black.focus();
  });

  engine.on('loaded', () => find('#bars').setAttribute('d', ''));
  engine.on('histogram', ({ counts }) => find('#bars').setAttribute('d', bars(counts)));

  return (state) => {
    const levels = edited(state);
    const { black, gray, white } = levels;
    const off = !usesChannel(levels);
    put(find('#levels'), 'disabled', off);
    find('#levels-part').classList.toggle('off', off);
    put(find('#levels-note'), 'hidden', !off);
    const places = { black, gray: placeOf(levels), white };
    const texts = { black, gray: gray.toFixed(2), white };
    for (const [name, handle] of Object.entries(handles)) {
      handle.style.left = `${(places[name] / 255) * 100}%`;
      handle.tabIndex = off ? -1 : 0;
      // the gray point is told by where it stands, which grows to the right as its gamma falls
      const range = { gray: [black, white], black: [0, white - 1], white: [black + 1, 255] }[name];
      handle.setAttribute('aria-valuemin', range[0]);
      handle.setAttribute('aria-valuemax', range[1]);
      handle.setAttribute('aria-valuenow', Math.round(places[name]));
      handle.setAttribute('aria-valuetext', name === 'gray' ? `gamma ${texts.gray}` : String(levels[name]));
      handle.setAttribute('aria-disabled', off);
      shows[name](texts[name]);
    }
    find('#curve').setAttribute('d', curve(levels));
    const plain = black === 0 && white === 255 && gray === 1;
    put(find('#reset-levels'), 'hidden', plain);
  };
}

/** Counts as bars, all of one shape; the few highest may stand out of the frame. */
function bars(counts) {
  const sorted = [...counts].sort((a, b) => a - b);
  const top = Math.max(sorted[Math.floor(sorted.length * 0.985)], 1);
  return [...counts].map((count, x) => `M${x} 100v${-limit((count / top) * 92, count ? 1 : 0, 100)}h1V100z`).join('');
}

/** What the levels do: in from the left, out upwards. */
function curve({ black, gray, white }) {
  const at = (x) => 100 - 100 * limit((x - black) / (white - black), 0, 1) ** (1 / gray);
  return `M0 ${at(0)}${Array.from({ length: 64 }, (_, i) => `L${(i + 1) * 4} ${at((i + 1) * 3.984).toFixed(2)}`).join('')}`;
}
