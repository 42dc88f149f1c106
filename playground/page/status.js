// What the devices did: how long each took, and whether they agree.
import { find, make, seldom } from './dom.js';
import { names } from './names.js';
import { say } from './say.js';
import { edited } from './store.js';

/** A figure that changes faster than this, in milliseconds, cannot be read, and laying it out takes time from the mask. */
const READABLE = 250;

const whole = new Intl.NumberFormat('en');
const ms = (value) => `${value < 10 ? value.toFixed(1) : whole.format(Math.round(value))} ms`;
const labels = { wasm: 'WASM', webgl2: 'WebGL2' };
const tools = {
  wand: 'wand',
  rectangle: 'rectangle',
  ellipse: 'ellipse',
  lasso: 'lasso',
  brush: 'brush',
  file: 'recipe',
};

function selected({ channel, colors, marks }) {
  if (marks[0]?.how === 'new') return marks.length > 1 ? `${marks.length} selections` : tools[marks[0].tool];
  const base = colors.length ? `${colors.length} ${colors.length > 1 ? 'colours' : 'colour'}` : names[channel];
  return marks.length ? `${base} and ${marks.length} by hand` : base;
}

export function createStatus(store, engine) {
  let wait;
  const difference = find('#difference');
  const times = find('#times');

  engine.on('device', ({ name, refused, picture }) => {
    const input = find(`input[name="device"][value="${name}"]`);
    input.disabled = Boolean(refused);
    if (!refused) return;
    const why = `WebGL2 ${picture ? 'does not take this picture' : 'is not here'}: ${refused.replace(/^webgl2: /, '')}`;
    input.parentElement.title = why;
    difference.textContent = 'WASM alone: nothing to compare';
    difference.title = why;
    if (store.state.view.device === name) store.look({ device: 'wasm' });
  });

  /** What the newest frame took, until the devices are compared. */
  let frame;
  const write = seldom(() => {
    if (frame) times.textContent = frame;
  }, READABLE);
  engine.on('shown', ({ ms: took, device, preview }) => {
    const size = preview ? ` of a copy, ${preview.join(' × ')}` : '';
    frame = `${labels[device]} frame${size} ${ms(took)}`;
    times.dataset.frame = took;
    write();
  });

  engine.on('rested', ({ times: took, different, pixels, share }) => {
    frame = undefined;
    times.replaceChildren(
      ...Object.entries(took).map(([name, one]) => make('span', { textContent: `${labels[name]} ${ms(one)}` })),
    );
    if (different !== undefined) {
      const text = different
        ? `WASM and WebGL2 differ in ${whole.format(different)} of ${whole.format(pixels)} bytes`
        : `WASM and WebGL2: ${whole.format(pixels)} bytes, all equal`;
      Object.assign(difference, { textContent: text });
      difference.classList.toggle('bad', different > 0);
      difference.dataset.different = different;
    }
    const text = `${(share * 100).toFixed(1)} % selected`;
    find('#selected').textContent = text;
    const what = selected(edited(store.state));
    find('#stage').setAttribute('aria-label', `Mask of ${what}, ${text}`);
    clearTimeout(wait);
    wait = setTimeout(() => say(`${what}, ${text}`), 400);
  });

  /** Figures of another picture, or of a mask that could not be made, say nothing. */
  return {
    clear() {
      frame = undefined;
      for (const element of [times, difference, find('#selected')]) element.textContent = '';
      delete difference.dataset.different;
      clearTimeout(wait);
    },
  };
}
