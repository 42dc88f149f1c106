// The picture on the stage: fit, zoom, pan. Pointers, wheel and keys end in one transform; what a tool does with the pointer is
// the tool's own (gestures.js).
import { all, eachFrame, find } from './dom.js';

const [LEAST, MOST] = [1 / 256, 32];
const STEP = 40;

export function createStage(store, engine) {
  const stage = find('#stage');
  const sheet = find('#sheet');
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  let size;
  let spot = { x: 0, y: 0, scale: 1 };
  let fitted = true;
  /** Pointers that pan and pinch. */
  const fingers = new Map();
  /** The pointer that a tool has. */
  let drawing;
  let space = false;
  let tool;
  const placed = new Set();

  const apply = eachFrame(() => {
    const { x, y, scale } = spot;
    sheet.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    sheet.classList.toggle('coarse', scale * devicePixelRatio >= 2);
    sheet.style.setProperty('--cell', `${10 / scale}px`);
    find('#zoom').textContent = `${scale < 0.1 ? (scale * 100).toFixed(1) : Math.round(scale * 100)} %`;
    const dense = devicePixelRatio;
    const { width, height } = stage.getBoundingClientRect();
    const port = {
      left: Math.round(x * dense),
      top: Math.round(y * dense),
      scale: scale * dense,
      across: Math.max(1, Math.round(width * dense)),
      down: Math.max(1, Math.round(height * dense)),
      still: still.matches,
      dense,
    };
    engine.send('look', { port });
    for (const listener of placed) listener(view);
  });

  const move = (next) => {
    fitted = false;
    spot = { ...spot, ...next };
    apply();
  };

  function fitIn() {
    if (!size) return apply();
    const { clientWidth, clientHeight } = stage;
    const room = Math.min(24, clientWidth * 0.04);
    const most = Math.min((clientWidth - 2 * room) / size.width, (clientHeight - 2 * room) / size.height);
    const scale = Math.max(LEAST, Math.min(most, MOST));
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
    const scale = Math.min(Math.max(spot.scale * by, LEAST), MOST);
    const share = scale / spot.scale;
    move({ x: at.x - (at.x - spot.x) * share, y: at.y - (at.y - spot.y) * share, scale });
  }

  const placeOf = ({ clientX, clientY }) => {
    const { left, top } = stage.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  /** A place on the stage as one in the picture, and back. */
  const inside = ({ x, y }) => ({ x: (x - spot.x) / spot.scale, y: (y - spot.y) / spot.scale });
  const outside = ({ x, y }) => ({ x: x * spot.scale + spot.x, y: y * spot.scale + spot.y });

  const view = {
    get size() {
      return size;
    },
    get scale() {
      return spot.scale;
    },
    inside,
    outside,
    pan: (x, y) => move({ x: spot.x + x, y: spot.y + y }),
    /** `listener` runs after each change of the transform. */
    onPlaced: (listener) => placed.add(listener),
    /** What takes the pointer: { start, move, end, cancel, key }. */
    use(one) {
      tool = one;
    },
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
    if (event.button > 1 || event.target.closest('[data-own]')) return;
    event.preventDefault();
    stage.focus({ preventScroll: true, focusVisible: false });
    stage.setPointerCapture(event.pointerId);
    const here = placeOf(event);
    if (drawing !== undefined && drawing.id !== event.pointerId) {
      // a second finger: what the first began was meant for both
      tool.cancel();
      fingers.set(drawing.id, drawing.at);
      drawing = undefined;
    }
    const pans = fingers.size > 0 || space || event.button === 1 || store.state.view.tool === 'hand' || !size;
    if (pans) {
      fingers.set(event.pointerId, here);
      stage.classList.add('held');
    } else if (tool.start(inside(here), event)) drawing = { id: event.pointerId, at: here };
  });
  stage.addEventListener('pointermove', (event) => {
    const here = placeOf(event);
    if (drawing?.id === event.pointerId) {
      drawing.at = here;
      return tool.move(inside(here), event);
    }
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const other = [...fingers].find(([id]) => id !== event.pointerId)?.[1];
    fingers.set(event.pointerId, here);
    if (!other) return view.pan(here.x - before.x, here.y - before.y);
    const far = (a, b) => Math.hypot(a.x - b.x, a.y - b.y) || 1;
    zoom(far(here, other) / far(before, other), { x: (here.x + other.x) / 2, y: (here.y + other.y) / 2 });
  });
  const lift = (event) => {
    if (drawing?.id === event.pointerId) {
      drawing = undefined;
      if (event.type === 'pointercancel') tool.cancel();
      else tool.end();
    }
    fingers.delete(event.pointerId);
    if (!fingers.size) stage.classList.remove('held');
  };
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) stage.addEventListener(end, lift);

  const keys = {
    '+': () => zoom(1.25),
    '=': () => zoom(1.25),
    '-': () => zoom(0.8),
    0: fitIn,
    1: () => zoom(1 / spot.scale),
  };
  const arrows = {
    ArrowLeft: [1, 0],
    ArrowRight: [-1, 0],
    ArrowUp: [0, 1],
    ArrowDown: [0, -1],
  };
  stage.addEventListener('keydown', (event) => {
    if (event.target !== stage || event.ctrlKey || event.metaKey) return;
    const arrow = arrows[event.key];
    if (event.key === ' ') space = true;
    else if (arrow && (space || store.state.view.tool === 'hand')) view.pan(arrow[0] * STEP, arrow[1] * STEP);
    else if (keys[event.key]) keys[event.key]();
    else if (!tool.key(event)) return;
    stage.classList.toggle('pans', space);
    event.preventDefault();
  });
  const release = ({ key }) => {
    if (key !== ' ' && key !== undefined) return;
    space = false;
    stage.classList.remove('pans');
  };
  stage.addEventListener('keyup', release);
  stage.addEventListener('blur', release);

  find('#zoom-in').addEventListener('click', () => zoom(1.25));
  find('#zoom-out').addEventListener('click', () => zoom(0.8));
  find('#zoom-fit').addEventListener('click', () => (fitted ? zoom(1 / spot.scale) : fitIn()));
  new ResizeObserver(() => (fitted ? fitIn() : apply())).observe(stage);
  still.addEventListener('change', apply);

  /** Of a large picture the canvases hold a part. */
  const lay = ({ x, y, width, height }) => {
    for (const canvas of all('canvas', sheet)) {
      Object.assign(canvas.style, { left: `${x}px`, top: `${y}px`, width: `${width}px`, height: `${height}px` });
    }
  };
  engine.on('placed', ({ region }) => lay(region));
  engine.on('loaded', ({ width, height, region }) => {
    size = { width, height };
    sheet.style.width = `${width}px`;
    sheet.style.height = `${height}px`;
    lay(region);
    fitIn();
  });

  return {
    view,
    update: ({ view: { mode, tool } }) => {
      sheet.dataset.mode = mode;
      stage.dataset.tool = tool;
    },
  };
}
