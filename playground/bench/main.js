// The page of times: asks the worker, fills the table line by line.
import { find, make } from '../page/dom.js';

const [run, size, rows, state, why] = ['#run', '#size', '#rows', '#state', '#why'].map((name) => find(name));
const ms = (time) => (time === undefined ? '–' : `${time.toFixed(time < 10 ? 2 : 1)} ms`);

run.addEventListener('click', () => {
  const [width, height] = size.value.split('x').map(Number);
  const worker = new Worker(new URL('worker.js', import.meta.url), { type: 'module' });
  const end = (text) => {
    worker.terminate();
    run.disabled = false;
    state.textContent = text;
  };
  run.disabled = true;
  rows.replaceChildren();
  why.replaceChildren();
  state.textContent = 'Measuring …';
  worker.onerror = ({ message }) => end(message);
  worker.onmessage = ({ data }) => {
    if (data.type === 'line') rows.append(line(data));
    else if (data.type === 'failed') end(data.message);
    else {
      why.append(...data.why.map((reason) => make('li', { textContent: reason })));
      end(`${width} × ${height}: medians, in a worker; a new recipe every round, the picture resident.`);
    }
  };
  worker.postMessage({ width, height });
});

function line({ name, wasm, webgl2, gpu, draws, uploaded, differ }) {
  const cells = [ms(wasm), ms(webgl2), ms(gpu), draws, uploaded === undefined ? undefined : `${uploaded} B`, differ];
  return make(
    'tr',
    {},
    make('th', { scope: 'row', textContent: name }),
    ...cells.map((text) => make('td', { textContent: text ?? '–' })),
  );
}
