// Porter and Duff's compositing modes and some others, on premultiplied colours, in float32 steps.

const f = Math.fround;

/** The resulting colour of premultiplied colours s and d with alphas a and b, and the resulting alpha. */
interface Mode {
  readonly color: (s: number, d: number, a: number, b: number) => number;
  readonly alpha: (a: number, b: number) => number;
}

const joined = (a: number, b: number): number => f(f(a + b) - f(a * b));
const both = (a: number, b: number): number => f(a * b);
const clamp = (x: number): number => Math.min(Math.max(x, 0), 1);
/** Each colour where the other is absent, a term that most modes share. */
const apart = (s: number, d: number, a: number, b: number): number => f(f(f(1 - b) * s) + f(f(1 - a) * d));

const modes = {
  ADD: { alpha: (a, b) => clamp(f(a + b)), color: (s, d) => clamp(f(s + d)) },
  CLEAR: { alpha: () => 0, color: () => 0 },
  DARKEN: { alpha: joined, color: (s, d, a, b) => f(apart(s, d, a, b) + Math.min(s, d)) },
  DST: { alpha: (_, b) => b, color: (_, d) => d },
  DST_ATOP: { alpha: (a) => a, color: (s, d, a, b) => f(f(a * d) + f(f(1 - b) * s)) },
  DST_IN: { alpha: both, color: (_, d, a) => f(d * a) },
  DST_OUT: { alpha: (a, b) => f(f(1 - a) * b), color: (_, d, a) => f(f(1 - a) * d) },
  DST_OVER: { alpha: (a, b) => f(b + f(f(1 - b) * a)), color: (s, d, _, b) => f(d + f(f(1 - b) * s)) },
  LIGHTEN: { alpha: joined, color: (s, d, a, b) => f(apart(s, d, a, b) + Math.max(s, d)) },
  MULTIPLY: { alpha: both, color: (s, d) => f(s * d) },
  OVERLAY: {
    alpha: joined,
    color: (s, d, a, b) => (f(2 * d) < b ? f(f(2 * s) * d) : f(f(a * b) - f(f(2 * f(b - s)) * f(a - d)))),
  },
  SCREEN: { alpha: joined, color: (s, d) => f(f(s + d) - f(s * d)) },
  SRC: { alpha: (a) => a, color: (s) => s },
  SRC_ATOP: { alpha: (_, b) => b, color: (s, d, a, b) => f(f(b * s) + f(f(1 - a) * d)) },
  SRC_IN: { alpha: both, color: (s, _, __, b) => f(s * b) },
  SRC_OUT: { alpha: (a, b) => f(f(1 - b) * a), color: (s, _, __, b) => f(f(1 - b) * s) },
  SRC_OVER: { alpha: (a, b) => f(a + f(f(1 - a) * b)), color: (s, d, a) => f(s + f(f(1 - a) * d)) },
  XOR: { alpha: (a, b) => f(f(f(1 - b) * a) + f(f(1 - a) * b)), color: apart },
} satisfies Record<string, Mode>;

export const PORTER_DUFF = Object.keys(modes) as (keyof typeof modes)[];

/** Writes colours that are not premultiplied to `to` and returns 1 - alpha. Both inputs have 1 - alpha too. */
export function porterDuff(
  name: keyof typeof modes,
  channels: number,
  source: Float32Array,
  sourceMask: Float32Array,
  destination: Float32Array,
  destinationMask: Float32Array,
  to: Float32Array,
): Float32Array<ArrayBuffer> {
  const mode: Mode = modes[name];
  const masks = new Float32Array(sourceMask.length);
  for (let i = 0; i < masks.length; i++) {
    const [a, b] = [f(1 - sourceMask[i]), f(1 - destinationMask[i])];
    const alpha = mode.alpha(a, b);
    for (let c = i * channels; c < (i + 1) * channels; c++) {
      const color = mode.color(f(source[c] * a), f(destination[c] * b), a, b);
      to[c] = alpha > f(1e-5) ? clamp(f(color / alpha)) : 0;
    }
    masks[i] = 1 - alpha;
  }
  return masks;
}
