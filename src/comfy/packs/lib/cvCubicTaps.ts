// OpenCV's cubic interpolation: positions and weights of four neighbours, each step in float32.
const f = Math.fround;

export interface Taps {
  readonly places: readonly number[];
  readonly weights: readonly number[];
}

export function cubicTaps(from: number, to: number): Taps[] {
  const scale = 1 / (to / from);
  const inner = (t: number): number => f(f(f(f(f(1.25 * t) - 2.25) * t) * t) + 1);
  const outer = (t: number): number => f(f(f(f(f(f(-0.75 * t) + 3.75) * t) - 6) * t) + 3);
  return Array.from({ length: to }, (_, i) => {
    const place = f((i + 0.5) * scale - 0.5);
    const first = Math.floor(place);
    const x = f(place - first);
    const own = [outer(f(x + 1)), inner(x), inner(f(1 - x))];
    own.push(f(f(f(1 - own[0]) - own[1]) - own[2]));
    const places = own.map((_, k) => Math.min(Math.max(first - 1 + k, 0), from - 1));
    return { places, weights: own };
  });
}
