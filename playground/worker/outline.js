// The outline of the selection: the rings that `outlines` finds, as paths on the screen, with dashes that march. Where there are
// too many to read, the larger ones alone, in a thin line that stands still.

const DASH = 4;
const PAUSE = 90;
/** Rings that take less room on the screen than this many pixels are specks. */
const SPECK = 16;
/** Longer than this, in screen pixels, an outline is a texture and not a line. */
const DENSE = 60_000;
/** Beyond this many corners a thin line too is left out. */
const MOST = 400_000;

export function createOutline() {
  let canvas;
  let port;
  let rings = [];
  let phase = 0;
  let timer;
  let still = false;
  let path;
  let calm = false;

  /** Rings in screen pixels; what is not in sight is left out. */
  function place() {
    const { left, top, scale, across, down } = port;
    const shown = rings.filter(({ box: [x0, y0, x1, y1] }) => {
      const outside = x1 * scale + left < 0 || y1 * scale + top < 0 || x0 * scale + left > across;
      return !outside && y0 * scale + top <= down && (x1 - x0) * (y1 - y0) * scale * scale >= SPECK;
    });
    let length = shown.reduce((sum, ring) => sum + ring.length * scale, 0);
    calm = length > DENSE;
    const large = calm
      ? shown.filter(({ box: [x0, y0, x1, y1] }) => (x1 - x0) * (y1 - y0) * scale * scale >= 400)
      : shown;
    length = large.reduce((sum, ring) => sum + ring.points.length, 0);
    path = new Path2D();
    if (length > MOST) return;
    for (const { points } of large) {
      path.moveTo(points[0] * scale + left, points[1] * scale + top);
      for (let i = 2; i < points.length; i += 2) path.lineTo(points[i] * scale + left, points[i + 1] * scale + top);
      path.closePath();
    }
  }

  function stroke() {
    clearTimeout(timer);
    const context = canvas.getContext('2d');
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (!rings.length || !path) return;
    const width = Math.max(1, port.dense);
    context.lineWidth = calm ? width / 2 : width * 1.25;
    context.setLineDash([]);
    context.strokeStyle = calm ? 'rgb(255 255 255 / 70%)' : '#fff';
    context.stroke(path);
    if (calm) return;
    context.setLineDash([DASH * width, DASH * width]);
    context.lineDashOffset = -phase * width;
    context.strokeStyle = '#101010';
    context.stroke(path);
    if (!still) timer = setTimeout(march, PAUSE);
  }

  function march() {
    phase = (phase + 1) % (2 * DASH);
    stroke();
  }

  return {
    open(on) {
      canvas = on;
    },
    /** Where the picture lies on the screen, in its pixels. */
    look(next) {
      port = next;
      still = next.still;
      if (canvas.width !== next.across) canvas.width = next.across;
      if (canvas.height !== next.down) canvas.height = next.down;
      if (!rings.length) return;
      place();
      stroke();
    },
    show(found) {
      rings = found.map(({ points }) => ({ points, ...extentOf(points) }));
      if (!port) return;
      place();
      stroke();
    },
    hide() {
      if (!rings.length) return;
      rings = [];
      stroke();
    },
  };
}

/** Box and length of a ring along the edges of pixels. */
function extentOf(points) {
  let [x0, y0, x1, y1] = [points[0], points[1], points[0], points[1]];
  let length = 0;
  let [x, y] = [points.at(-2), points.at(-1)];
  for (let i = 0; i < points.length; i += 2) {
    const [u, v] = [points[i], points[i + 1]];
    if (u < x0) x0 = u;
    else if (u > x1) x1 = u;
    if (v < y0) y0 = v;
    else if (v > y1) y1 = v;
    length += Math.abs(u - x) + Math.abs(v - y);
    [x, y] = [u, v];
  }
  return { box: [x0, y0, x1, y1], length };
}
