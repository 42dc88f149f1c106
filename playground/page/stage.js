// The picture on the stage: fit, zoom, pan. Pointers, wheel and keys end in one transform.
import { eachFrame, find } from './dom.js';

const [LEAST, MOST] = [1 / 16, 32];
const STEP = 40;

export function createStage(engine) {
  const stage = find('#stage');
  const sheet = find('#sheet');
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let size = { width: 1, height: 1 };
  let spot = { x: 0, y: 0, scale: 1 };
  let fitted = true;
  const fingers = new Map();

  const apply = eachFrame(() => {
    const { x, y, scale } = spot;
    sheet.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    sheet.classList.toggle('coarse', scale * devicePixelRatio >= 2);
    sheet.style.setProperty('--cell', `${10 / scale}px`);
    find('#zoom').textContent = `${Math.round(scale * 100)} %`;
    const dense = devicePixelRatio;
    const { width, height } = stage.getBoundingClientRect();
    const port = {
      left: Math.round(x * dense),
      top: Math.round(y * dense),
      scale: scale * dense,
      across: Math.max(1, Math.round(width * dense)),
      down: Math.max(1, Math.round(height * dense)),
      still: still.matches,
    };
    engine.send('look', { port });
  });

  const move = (next) => {
    fitted = false;
    spot = { ...spot, ...next };
    apply();
  };

  function fitIn() {
    const { clientWidth, clientHeight } = stage;
    const room = Math.min(24, clientWidth * 0.04);
    const most = Math.min((clientWidth - 2 * room) / size.width, (clientHeight - 2 * room) / size.height);
    const scale = Math.max(LEAST / 8, Math.min(most, 4));
    spot = {
      x: Math.round((clientWidth - size.width * scale) / 2),
      y: Math.round((clientHeight - size.height * scale) / 2),
      scale,
    };
    fitted = true;
    apply();
  }

  /** Zoom with one point of the picture held where it is. */
  function zoom(by, at = { x: stage.clientWidth / 2, y: stage.clientHeight / 2 }) {
    const scale = Math.min(Math.max(spot.scale * by, LEAST / 8), MOST);
    const share = scale / spot.scale;
    move({ x: at.x - (at.x - spot.x) * share, y: at.y - (at.y - spot.y) * share, scale });
  }

  const placeOf = ({ clientX, clientY }) => {
    const { left, top } = stage.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };

  stage.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const lines = event.deltaMode === 1 ? 20 : 1;
      zoom(Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0018)), placeOf(event));
    },
    { passive: false },
  );

  stage.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    stage.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, placeOf(event));
    stage.classList.add('held');
  });
  stage.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const here = placeOf(event);
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, here);
    if (!other) return move({ x: spot.x + here.x - before.x, y: spot.y + here.y - before.y });
    const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) || 1;
    zoom(far(here, other) / far(before, other), { x: (here.x + other.x) / 2, y: (here.y + other.y) / 2 });
  });
  stage.addEventListener('lostpointercapture', (event) => {
    fingers.delete(event.pointerId);
    if (!fingers.size) stage.classList.remove('held');
  });
  stage.addEventListener('dblclick', (event) => (fitted ? zoom(1 / spot.scale, placeOf(event)) : fitIn()));

  const keys = {
    ArrowLeft: () => move({ x: spot.x + STEP }),
    ArrowRight: () => move({ x: spot.x - STEP }),
    ArrowUp: () => move({ y: spot.y + STEP }),
    ArrowDown: () => move({ y: spot.y - STEP }),
    '+': () => zoom(1.25),
    '=': () => zoom(1.25),
    '-': () => zoom(0.8),
    0: fitIn,
    1: () => zoom(1 / spot.scale),
  };
  stage.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  find('#zoom-in').addEventListener('click', () => zoom(1.25));
  find('#zoom-out').addEventListener('click', () => zoom(0.8));
  find('#zoom-fit').addEventListener('click', () => (fitted ? zoom(1 / spot.scale) : fitIn()));
  new ResizeObserver(() => (fitted ? fitIn() : apply())).observe(stage);

  engine.on('loaded', ({ width, height }) => {
    size = { width, height };
    sheet.style.width = `${width}px`;
    sheet.style.height = `${height}px`;
    fitIn();
  });

  return ({ view }) => {
    sheet.dataset.mode = view.mode;
  };
}
