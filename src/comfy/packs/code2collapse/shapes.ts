// Code2Collapse: shapes given by numbers, as distances in torch's float32 steps.
import { halfEven } from '../lib/numbers.js';

const f = Math.fround;
const square = (x: number): number => f(x * x);
const length = (x: number, y: number): number => f(Math.sqrt(f(square(x) + square(y))));
const above = (x: number): number => Math.max(x, 0);

export const SHAPES = [
  ...(['circle', 'rectangle', 'ellipse', 'polygon', 'line', 'triangle', 'star', 'diamond', 'cross'] as const),
  ...(['rounded_rectangle', 'heart', 'arrow'] as const),
] as const;
export type Shape = (typeof SHAPES)[number];

/** How far outside the shape a place is, and whether it is inside if the edge is hard. */
export type Drawn = (x: number, y: number) => { readonly far: number; readonly inside: boolean };
export type Point = readonly [x: number, y: number];
/** A number of the shape by its name, or a fallback. */
export type Of = (name: string, fallback: number) => number;

interface Canvas {
  readonly width: number;
  readonly height: number;
}

/** Rotates around a centre by some degrees. */
function turned(cx: number, cy: number, degrees: number): (x: number, y: number) => Point {
  if (Math.abs(degrees) < 1e-6) return (x, y) => [x, y];
  const [cos, sin] = [Math.cos, Math.sin].map((of) => f(of((degrees * Math.PI) / 180)));
  const [mx, my] = [f(cx), f(cy)];
  return (x, y) => {
    const [dx, dy] = [f(x - mx), f(y - my)];
    return [f(f(f(dx * cos) + f(dy * sin)) + mx), f(f(f(-dx * sin) + f(dy * cos)) + my)];
  };
}

/** Shapes defined by a distance; undefined for polygons. */
export function drawnAs(shape: Shape, of: Of, { width, height }: Canvas, rotation: number): Drawn | undefined {
  const [cx, cy] = [of('cx', Math.floor(width / 2)), of('cy', Math.floor(height / 2))];
  const away = (turn: (x: number, y: number) => Point, mx: number, my: number) => (x: number, y: number) => {
    const [u, v] = turn(x, y);
    return [f(u - f(mx)), f(v - f(my))] as const;
  };
  const fromMiddle = away(turned(cx, cy, rotation), cx, cy);
  switch (shape) {
    case 'circle': {
      const r = f(of('radius', 50));
      return (x, y) => {
        const far = length(...fromMiddle(x, y));
        return { far: f(far - r), inside: far <= r };
      };
    }
    case 'rectangle':
    case 'rounded_rectangle': {
      const round = shape === 'rounded_rectangle';
      const [w, h] = [of('w', round ? 200 : 100), of('h', 100)];
      const corner = round ? Math.min(of('corner_radius', 20), w / 2, h / 2) : 0;
      const [mx, my] = [of('x', 0) + w / 2, of('y', 0) + h / 2];
      const place = away(turned(mx, my, rotation), mx, my);
      return (x, y) => {
        const [u, v] = place(x, y).map(Math.abs);
        const far = length(above(f(u - f(w / 2 - corner))), above(f(v - f(h / 2 - corner))));
        const within = u <= f(w / 2) && v <= f(h / 2);
        if (!round) return { far, inside: within };
        const own = f(far - f(corner));
        const cut = within && own < 0 ? own : above(own);
        return { far: cut, inside: cut <= 0 };
      };
    }
    case 'ellipse': {
      const [rx, ry] = [of('rx', 100), of('ry', 50)];
      const turn = ((of('angle', 0) + rotation) * Math.PI) / 180;
      const [cos, sin] = [f(Math.cos(turn)), f(Math.sin(turn))];
      const [a, b] = [f(Math.max(rx, 1e-6)), f(Math.max(ry, 1e-6))];
      return (x, y) => {
        const [dx, dy] = [f(x - f(cx)), f(y - f(cy))];
        const far = length(f(f(f(dx * cos) + f(dy * sin)) / a), f(f(f(-dx * sin) + f(dy * cos)) / b));
        return { far: f(f(far - 1) * f(Math.min(rx, ry))), inside: far <= 1 };
      };
    }
    case 'line': {
      const [x1, y1] = [of('x1', 0), of('y1', 0)];
      const [x2, y2] = [of('x2', width), of('y2', height)];
      const half = f(of('thickness', 3) / 2);
      const turn = turned((x1 + x2) / 2, (y1 + y2) / 2, rotation);
      const long = Math.max(1e-6, Math.sqrt((x2 - x1) ** 2 + (y2 - y1) ** 2));
      const [dx, dy] = [f((x2 - x1) / long), f((y2 - y1) / long)];
      return (x, y) => {
        const [u, v] = turn(x, y);
        const along = f(f(f(u - f(x1)) * dx) + f(f(v - f(y1)) * dy));
        const t = Math.min(Math.max(along, 0), f(long));
        const far = length(f(u - f(f(x1) + f(t * dx))), f(v - f(f(y1) + f(t * dy))));
        return { far: f(far - half), inside: far <= half };
      };
    }
    case 'cross': {
      const [long, short] = [f(of('size', 100) / 2), f(of('thickness', 30) / 2)];
      return (x, y) => {
        const [u, v] = fromMiddle(x, y).map(Math.abs);
        const bar = (a: number, b: number): number => length(above(f(u - a)), above(f(v - b)));
        const inside = (u <= long && v <= short) || (u <= short && v <= long);
        return { far: Math.min(bar(long, short), bar(short, long)), inside };
      };
    }
    case 'heart': {
      const size = of('size', 100);
      return (x, y) => {
        const [dx, dy] = fromMiddle(x, y);
        const [px, py] = [f(dx / f(size)), f(f(-dy / f(size)) + f(0.4))];
        const [x2, y2] = [square(px), square(py)];
        const whole = f(f(x2 + y2) - 1);
        const far = f(f(f(whole * whole) * whole) - f(x2 * f(f(py * py) * py)));
        return { far: far * size * 0.3, inside: far <= 0 };
      };
    }
    case 'arrow': {
      const [long, head] = [of('length', 200), of('head_length', 60)];
      const half = f(of('width', 30) / 2);
      const broad = f(of('head_width', 80) / 2);
      const [tail, neck, tip] = [f(-long / 2), f(-long / 2 + long - head), f(long / 2)];
      return (x, y) => {
        const [u, side] = fromMiddle(x, y);
        const v = Math.abs(side);
        const along = Math.min(Math.max(f(f(u - neck) / f(Math.max(head, 1e-6))), 0), 1);
        const wide = f(broad * f(1 - along));
        const part = (from: number, to: number, reach: number): number =>
          length(above(Math.max(f(from - u), f(u - to))), above(f(v - reach)));
        const inside = (u >= tail && u <= neck && v <= half) || (u >= neck && u <= tip && v <= wide);
        return { far: Math.min(part(tail, neck, half), part(neck, tip, wide)), inside };
      };
    }
    default:
      return undefined;
  }
}

/** The corners of a polygon, rotated around its centre; no corners if there are fewer than three. */
export function cornersOf(
  shape: Shape,
  of: Of,
  given: readonly Point[] | undefined,
  { width, height }: Canvas,
  rotation: number,
): readonly Point[] {
  const own = given && given.length >= 3 && (shape === 'polygon' || shape === 'triangle') ? given : undefined;
  if (shape === 'polygon' && !own) return [];
  const mean = (i: 0 | 1): number => (own ?? []).reduce((sum, point) => sum + point[i], 0) / (own?.length ?? 1);
  const [cx, cy] = own ? [mean(0), mean(1)] : [of('cx', Math.floor(width / 2)), of('cy', Math.floor(height / 2))];
  const points = own ?? madeOf(shape, of, cx, cy);
  if (Math.abs(rotation) <= 1e-6) return points;
  const turn = (rotation * Math.PI) / 180;
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return points.map(([x, y]) => [cx + (x - cx) * cos - (y - cy) * sin, cy + (x - cx) * sin + (y - cy) * cos]);
}

function madeOf(shape: Shape, of: Of, cx: number, cy: number): readonly Point[] {
  const around = (count: number, reach: (i: number) => number, turn: (i: number) => number): readonly Point[] =>
    Array.from({ length: count }, (_, i) => {
      const at = -Math.PI / 2 + turn(i);
      return [cx + reach(i) * Math.cos(at), cy + reach(i) * Math.sin(at)] as const;
    });
  if (shape === 'triangle') {
    const size = of('size', 100);
    return around(
      3,
      () => size,
      (i) => (2 * Math.PI * i) / 3,
    );
  }
  if (shape === 'star') {
    const [outer, inner] = [of('outer_r', 100), of('inner_r', 40)];
    const count = Math.trunc(of('num_points', 5));
    return around(
      count * 2,
      (i) => (i % 2 ? inner : outer),
      (i) => (Math.PI * i) / count,
    );
  }
  const [w, h] = [of('w', 100), of('h', 100)];
  return [
    [cx, cy - h / 2],
    [cx + w / 2, cy],
    [cx, cy + h / 2],
    [cx - w / 2, cy],
  ];
}

/** In integer pixels: rounded for soft edges, truncated for hard ones. */
export const inPixels = (points: readonly Point[], soft: boolean): [number, number][] =>
  points.map(([x, y]) => (soft ? [halfEven(f(x)), halfEven(f(y))] : [Math.trunc(x), Math.trunc(y)]));
