// The picture beside its mask: a handle that splits the stage, and a button that shows the picture for as long as it is held.
import { find, put } from './dom.js';
import { say } from './say.js';

const steps = { ArrowLeft: -0.02, ArrowDown: -0.02, ArrowRight: 0.02, ArrowUp: 0.02, PageDown: -0.1, PageUp: 0.1 };
const limit = (value) => Math.min(Math.max(value, 0), 1);

export function createSplit(store, stage) {
  const [toggle, handle, sheet, peek, element, outline] = [
    '#split',
    '#split-handle',
    '#sheet',
    '#peek',
    '#stage',
    '#outline',
  ].map((id) => find(id));
  toggle.addEventListener('change', () => store.look({ split: toggle.checked ? 0.5 : null }));

  const place = () => {
    const { split } = store.state.view;
    put(handle, 'hidden', split === null || !stage.size);
    outline.style.clipPath = '';
    if (handle.hidden) return;
    const from = stage.outside({ x: 0, y: 0 });
    const to = stage.outside({ x: stage.size.width, y: stage.size.height });
    const x = from.x + (to.x - from.x) * split;
    handle.style.translate = `${Math.round(limit(x / element.clientWidth) * element.clientWidth)}px 0`;
    outline.style.clipPath = `inset(0 0 0 ${Math.max(0, x)}px)`;
  };
  stage.onPlaced(place);

  handle.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener('pointermove', (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    const { left } = element.getBoundingClientRect();
    store.look({ split: limit(stage.inside({ x: event.clientX - left, y: 0 }).x / stage.size.width) });
  });
  handle.addEventListener('keydown', (event) => {
    const ends = { Home: 0, End: 1 };
    const next = ends[event.key] ?? (steps[event.key] && store.state.view.split + steps[event.key]);
    if (next === undefined) return;
    event.preventDefault();
    store.look({ split: limit(next) });
  });

  const show = (on) => {
    if (on === element.classList.contains('peeks')) return;
    element.classList.toggle('peeks', on);
    peek.setAttribute('aria-pressed', on);
    if (on) say('The picture without its mask');
  };
  peek.addEventListener('pointerdown', (event) => {
    peek.setPointerCapture(event.pointerId);
    show(true);
  });
  for (const end of ['lostpointercapture', 'blur', 'keyup']) peek.addEventListener(end, () => show(false));
  peek.addEventListener('keydown', ({ key }) => (key === ' ' || key === 'Enter') && show(true));
  peek.addEventListener('contextmenu', (event) => event.preventDefault());

  return ({ view }) => {
    const { split } = view;
    put(toggle, 'checked', split !== null);
    sheet.classList.toggle('split', split !== null);
    if (split !== null) {
      sheet.style.setProperty('--split', `${split * 100}%`);
      handle.setAttribute('aria-valuenow', Math.round(split * 100));
    }
    place();
  };
}
