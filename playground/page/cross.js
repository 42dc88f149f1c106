// The tools without a pointer: arrow keys move a crosshair, Enter is the button, Escape gives up.
import { find } from './dom.js';
import { say } from './say.js';

const STEP = 10;
const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const OPEN = { rectangle: 'corner', ellipse: 'corner', lasso: 'line', brush: 'stroke' };

export function createCross(store, stage, gestures) {
  const cross = find('#cross');
  const element = find('#stage');
  let at;

  const show = () => {
    const keyed = at && store.state.view.tool !== 'hand' && document.activeElement === element;
    cross.hidden = !keyed;
    if (!keyed) return;
    const { x, y } = stage.outside(at);
    cross.style.translate = `${Math.round(x)}px ${Math.round(y)}px`;
  };
  stage.onPlaced(show);
  element.addEventListener('blur', () => {
    if (gestures.lasts) gestures.cancel();
    show();
  });
  element.addEventListener('pointerdown', () => {
    at = undefined;
    show();
  });

  function move([dx, dy], fine) {
    const { width, height } = stage.size;
    const by = fine ? 1 : STEP / stage.scale;
    at ??= { x: width / 2, y: height / 2 };
    at = {
      x: Math.min(Math.max(at.x + dx * by, 0), width - 0.5),
      y: Math.min(Math.max(at.y + dy * by, 0), height - 0.5),
    };
    const { x, y } = stage.outside(at);
    const { clientWidth, clientHeight } = element;
    // what is moved out of sight brings the picture along
    const over = (place, most) => Math.max(0, 24 - place) - Math.max(0, place - most + 24);
    const [px, py] = [over(x, clientWidth), over(y, clientHeight)];
    if (px || py) stage.pan(px, py);
    gestures.move(at);
    show();
    say(`${Math.floor(at.x)}, ${Math.floor(at.y)}`);
  }

  const size = (by) => {
    const { tool, brush, tolerance } = store.state.view;
    const limit = (value, least, most) => Math.min(Math.max(value, least), most);
    if (tool === 'brush') store.look({ brush: limit(brush + by, 1, 200) });
    else store.look({ tolerance: limit(tolerance + by, 0, 255) });
  };

  /** Whether the key was one of these. */
  return (event) => {
    if (!stage.size) return false;
    const { tool } = store.state.view;
    const arrow = arrows[event.key];
    if (event.key === '[' || event.key === ']') size(event.key === ']' ? 4 : -4);
    else if (tool === 'hand') return false;
    else if (arrow) move(arrow, event.shiftKey);
    else if (event.key === 'Escape' && gestures.lasts) gestures.cancel();
    else if (event.key === 'Enter') {
      if (!at) move([0, 0], true);
      if (gestures.lasts) gestures.end();
      else if (gestures.start(at, event)) {
        if (tool === 'wand') gestures.end();
        else say(`First ${OPEN[tool]}; Enter ends it`);
      }
    } else return false;
    return true;
  };
}
