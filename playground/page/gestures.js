// What the tools make of a pointer, or of the crosshair that keys move: one mark for each gesture, changed while it lasts.
import { find } from './dom.js';
import { say } from './say.js';
import { edited } from './store.js';

const round = (value) => Math.round(value * 10) / 10;
const limit = (value, least, most) => Math.min(Math.max(value, least), most);
/** Points of a line that are nearer than this on the screen are one. */
const NEAR = 2;
const names = { wand: 'Wand', rectangle: 'Rectangle', ellipse: 'Ellipse', lasso: 'Lasso', brush: 'Brush' };

export function createGestures(store, stage) {
  const bubble = find('#bubble');
  /** The gesture that lasts: where it began, and the marks there were. */
  let gesture;

  const howOf = ({ shiftKey, altKey }, tool) => {
    const chosen = shiftKey ? 'add' : altKey ? 'subtract' : store.state.view.how;
    // a second stroke does not wipe the first away
    return tool === 'brush' && chosen === 'new' ? 'add' : chosen;
  };

  function begin(at, event) {
    const { width, height } = stage.size;
    const { tool, tolerance, contiguous, brush } = store.state.view;
    const within = at.x >= 0 && at.y >= 0 && at.x < width && at.y < height;
    if (tool === 'wand' && !within) return undefined;
    const how = howOf(event, tool);
    const given = { tool, how };
    if (tool === 'wand') Object.assign(given, { x: Math.floor(at.x), y: Math.floor(at.y), tolerance, contiguous });
    if (tool === 'rectangle') given.box = [Math.round(at.x), Math.round(at.y), 0, 0];
    if (tool === 'ellipse') given.box = [at.x, at.y, 0, 0].map(round);
    if (tool === 'lasso' || tool === 'brush') given.points = [round(at.x), round(at.y)];
    if (tool === 'brush') given.radius = brush;
    return { from: at, last: at, marks: edited(store.state).marks, mark: given, tolerance };
  }

  const changed = {
    wand(mark, at) {
      const { from, tolerance } = gesture;
      const far = ((at.x - from.x - (at.y - from.y)) * stage.scale) / 3;
      mark.tolerance = limit(Math.round(tolerance + far), 0, 255);
    },
    rectangle(mark, at) {
      const { width, height } = stage.size;
      const span = (a, b, most) => [Math.min(a, b), Math.max(a, b)].map((one) => limit(Math.round(one), 0, most));
      const [[x0, x1], [y0, y1]] = [span(gesture.from.x, at.x, width), span(gesture.from.y, at.y, height)];
      mark.box = [x0, y0, x1 - x0, y1 - y0];
    },
    ellipse(mark, at) {
      const { from } = gesture;
      const half = (a, b) => [round((a + b) / 2), round(Math.abs(a - b) / 2)];
      const [[x, rx], [y, ry]] = [half(from.x, at.x), half(from.y, at.y)];
      mark.box = [x, y, rx, ry];
    },
    lasso: longer,
    brush: longer,
  };

  function longer(mark, at) {
    const { last } = gesture;
    if (Math.hypot(at.x - last.x, at.y - last.y) * stage.scale < NEAR) return false;
    mark.points = [...mark.points, round(at.x), round(at.y)];
    gesture.last = at;
    return true;
  }

  const show = () => store.mark({ ...gesture.mark }, gesture.marks, { live: true });

  const empty = ({ tool, box, points }) =>
    (box && (box[2] < 1 || box[3] < 1)) || (tool === 'lasso' && points.length < 6);

  function tell(at) {
    const { mark } = gesture;
    const { x, y } = stage.outside(at);
    bubble.hidden = !/wand|rectangle|ellipse/.test(mark.tool);
    const [, , w, h] = mark.box ?? [];
    const size = mark.tool === 'ellipse' ? [2 * w, 2 * h].map(Math.round) : [w, h];
    bubble.textContent = mark.tool === 'wand' ? `Tolerance ${mark.tolerance}` : size.join(' × ');
    bubble.style.translate = `${Math.round(x + 14)}px ${Math.round(y + 14)}px`;
  }

  const tool = {
    get lasts() {
      return gesture !== undefined;
    },
    start(at, event) {
      gesture = begin(at, event);
      if (!gesture) return false;
      find('#hint').hidden = true;
      // a shape without inside is not shown: what was selected stays until there is another
      if (!empty(gesture.mark)) show();
      tell(at);
      return true;
    },
    move(at) {
      if (!gesture || changed[gesture.mark.tool](gesture.mark, at) === false) return;
      if (!empty(gesture.mark)) show();
      tell(at);
    },
    end() {
      if (!gesture) return;
      const { mark } = gesture;
      bubble.hidden = true;
      gesture = undefined;
      if (empty(mark)) return store.cancel();
      if (mark.tool === 'wand') store.look({ tolerance: mark.tolerance });
      store.settle();
      const what = { new: 'selects', add: 'adds', subtract: 'takes away' }[mark.how];
      say(`${names[mark.tool]} ${what}`);
    },
    cancel() {
      if (!gesture) return;
      bubble.hidden = true;
      gesture = undefined;
      store.cancel();
    },
  };
  return tool;
}
