// The Lab node table of LittleCMS from first principles: 33 x 33 x 33 nodes of 16 bits, one component at a time.
// Derivation and proof (0 of 107,811 values differ): docs/exactness.md. Both devices interpolate in integers from here.

export type LabComponent = 'labL' | 'labA' | 'labB';

const GRID = 33;

/** sRGB, linearised at the 33 grid values, as float32. */
const LINEAR_BITS =
  '00000000 3b1e8430 3ba8f1b9 3c14c599 3c6b1d44 3caca06e 3cf06228 3d20c639 3d50650c 3d83aea0 3da2fce3 3dc640bb 3ded9bcf ' +
  '3e0c971e 3e248b5f 3e3eb96a 3e5b2f74 3e79f72f 3e8d92c7 3e9f61d7 3eb26f01 3ec6c051 3edc5ba7 3ef346be 3f05c395 3f129130 ' +
  '3f200ed9 3f2e3f2a 3f3d24b0 3f4cc1ea 3f5d1948 3f6e2d31 3f800000';

/** Bradford-adapted RGB -> XYZ (D50), divided by the XYZ encoding range 1 + 32767/32768. */
const X = [0.21802395258952856, 0.19255939362224714, 0.07152401016268078];
const Y = [0.11124396756297422, 0.35845800893937513, 0.03030565300859931];
const Z = [0.006960199939910403, 0.048534359924122396, 0.3569617337195487];
const RANGE = 1 + 32767 / 32768;
const D50 = { x: 0.9642, y: 1, z: 0.8249 };

/** Below this the cube root is a straight line. */
const FOOT = (24 / 116) ** 3;

// All of this runs once, before any engine has warmed up: rows are functions of their own because what is called a thousand
// times is compiled much sooner than what loops as often, and rounding to float32 is a store, not a call.

/** f of one of X, Y and Z at every node, R slowest, B fastest. */
function curve([red, green, blue]: readonly number[], white: number): Float64Array {
  const linear = new Float32Array(GRID);
  const bits = new Uint32Array(linear.buffer);
  for (let i = 0; i < GRID; i++) bits[i] = Number.parseInt(LINEAR_BITS.slice(9 * i, 9 * i + 8), 16);
  const blues = Float64Array.from(linear, (v) => blue * v);
  const out = new Float64Array(GRID ** 3);
  for (let r = 0, at = 0; r < GRID; r++)
    for (let g = 0; g < GRID; g++, at += GRID) curveRow(out, at, red * linear[r] + green * linear[g], blues, white);
  return out;
}

const rounded = new Float32Array(1);

function curveRow(out: Float64Array, at: number, sum: number, blues: Float64Array, white: number): void {
  for (let b = 0; b < GRID; b++) {
    rounded[0] = sum + blues[b];
    const t = (rounded[0] * RANGE) / white;
    out[at + b] = t > FOOT ? Math.cbrt(t) : (841 / 108) * t + 16 / 116;
  }
}

/** Makes a multiple of 2^-16 of a double, as LittleCMS rounds before it cuts off the rest. */
const SHIFT = 1.5 * 2 ** 36;

/** A row of words: of L where there is no scale, else of a difference from it. */
function wordRow(words: Uint16Array, at: number, y: Float64Array, other: Float64Array, scale: number): void {
  for (let i = at; i < at + GRID; i++) {
    rounded[0] = scale ? (scale * (other[i] - y[i]) + 128) / 255 : (116 * y[i] - 16) / 100;
    const half = rounded[0] * 65535 + 0.5;
    words[i] = half <= 0 ? 0 : half >= 65535 ? 65535 : half - 32767 + SHIFT - SHIFT + 32767;
  }
}

/** The 35,937 words of one component: L * 655.35, or (a + 128) * 257, or (b + 128) * 257. */
export function labNodes(component: LabComponent): Uint16Array {
  const y = curve(Y, D50.y);
  const other = component === 'labL' ? y : component === 'labA' ? curve(X, D50.x) : curve(Z, D50.z);
  const scale = component === 'labL' ? 0 : component === 'labA' ? 500 : -200;
  const words = new Uint16Array(y.length);
  for (let at = 0; at < words.length; at += GRID) wordRow(words, at, y, other, scale);
  return words;
}
