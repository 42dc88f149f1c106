// What the devices did: how long each took, and whether they agree.
import { find } from './dom.js';
import { names } from './names.js';
import { say } from './say.js';
import { edited } from './store.js';

const whole = new Intl.NumberFormat('en');
const ms = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
const labels = { wasm: 'WASM', webgl2: 'WebGL2' };

export function createStatus(store, engine) {
  let refused = '';
  let wait;

  engine.on('device', ({ name, refused: why }) => {
    const input = find(`input[name="device"][value="${name}"]`);
    input.disabled = Boolean(why);
    if (!why) return;
    refused = `WebGL2 is not here: ${why.replace(/^webgl2: /, '')}`;
    input.parentElement.title = refused;
    find('#difference').textContent = 'One device, nothing to compare';
    find('#difference').title = refused;
    if (store.state.view.device === name) store.look({ device: 'wasm' });
  });

  engine.on('shown', ({ ms: took, device }) => {
    find('#times').textContent = `${labels[device]} frame ${ms(took)}`;
    find('#times').dataset.frame = took;
  });

  engine.on('rested', ({ times, different, pixels, share }) => {
    find('#times').replaceChildren(
      ...Object.entries(times).map(([name, took]) => {
        const item = document.createElement('span');
        item.textContent = `${labels[name]} ${ms(took)}`;
        return item;
      }),
    );
    if (different !== undefined) {
      const text = `${whole.format(different)} of ${whole.format(pixels)} pixels differ`;
      Object.assign(find('#difference'), { textContent: text });
      find('#difference').dataset.different = different;
    }
    const text = `${(share * 100).toFixed(1)} % selected`;
    find('#selected').textContent = text;
    const { channel, colors } = edited(store.state);
    const what = colors.length ? `${colors.length} ${colors.length > 1 ? 'colours' : 'colour'}` : names[channel];
    find('#stage').setAttribute('aria-label', `Mask of ${what}, ${text}`);
    clearTimeout(wait);
    wait = setTimeout(() => say(`${what}, ${text}`), 400);
  });
}
