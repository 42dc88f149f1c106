// torch's interpolate in numbers: which places an output place is made of, and their weights, as torch 1.13 rounds them.

type Size = {
  readonly width: number;
  readonly height: number;
};

export const MODES = ['nearest', 'nearest-exact', 'bilinear', 'area'] as const;
export type Mode = (typeof MODES)[number];

const f = Math.fround;

/** The first and the second place, and float32 weights of both. */
type Tap = readonly [number, number, number, number];

const makers: Readonly<Record<Mode, (at: number, from: number, to: number) => Tap>> = {
  nearest: (at, from, to) => one(Math.floor(f(at * f(from / to))), from),
  'nearest-exact': (at, from, to) => one(Math.floor(f(f(at + 0.5) * f(from / to))), from),
  bilinear(at, from, to) {
    const place = Math.max(f(from / to) * (at + 0.5) - 0.5, 0);
    const first = Math.min(Math.trunc(place), from - 1);
    const other = f(place - first);
    return [first, Math.min(first + 1, from - 1), f(1 - other), other];
  },
  area: (at, from, to) => [Math.floor((at * from) / to), Math.ceil(((at + 1) * from) / to), 1, 0],
};
const one = (at: number, from: number): Tap => [Math.min(at, from - 1), 0, 1, 0];

/** What the kernel reads: 1 for bilinear, 2 for area, else 0, in four words; then four words for every column and every row. */
export function interpolateTable(mode: Mode, from: Size, to: Size): Int32Array {
  const words = new Int32Array(4 * (1 + to.width + to.height));
  const floats = new Float32Array(words.buffer);
  words[0] = mode === 'bilinear' ? 1 : mode === 'area' ? 2 : 0;
  let at = 4;
  for (const side of ['width', 'height'] as const) {
    for (let i = 0; i < to[side]; i++, at += 4) {
      const [first, second, weight, other] = makers[mode](i, from[side], to[side]);
      words.set([first, second], at);
      floats.set([weight, other], at + 2);
    }
  }
  return words;
}
