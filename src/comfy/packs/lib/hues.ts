// Blend modes of hue, saturation and value, in torch's float32 steps.

const f = Math.fround;
type Color = readonly [number, number, number];
const wrapped = (x: number, whole: number): number => {
  const rest = x % whole;
  return rest < 0 ? f(rest + whole) : rest;
};

/** Which of hue, saturation and value come from the layer. */
const parts = { hue: [0], saturation: [1], color: [0, 1], luminosity: [2] } as const;
export const HUES = Object.keys(parts) as (keyof typeof parts)[];

function hsv(color: Color): [number, number, number] {
  const [r, g, b] = color.map((v) => f(v / 255));
  const most = Math.max(r, g, b);
  const range = f(most - Math.min(r, g, b));
  let hue = 0;
  if (range !== 0) {
    if (b === most) hue = f(f(f(r - g) / range) + 4);
    else if (g === most) hue = f(f(f(b - r) / range) + 2);
    else hue = wrapped(f(f(g - b) / range), 6);
  }
  return [wrapped(f(hue / 6), 1), most === 0 ? 0 : f(range / most), most];
}

/** The background's colour with the layer's hue, saturation or value, mixed by `opacity`, truncated to bytes. */
export function hued(mode: keyof typeof parts, background: Color, layer: Color, opacity: number): number[] {
  const [own, other] = [hsv(background), hsv(layer)];
  for (const i of parts[mode]) own[i] = f((1 - opacity) * own[i] + opacity * other[i]);
  const [h, s, v] = own;
  const c = f(v * s);
  const x = f(c * f(1 - Math.abs(f(wrapped(f(h * 6), 2) - 1))));
  const m = f(v - c);
  const sixth = [1, 2, 3, 4, 5].filter((one) => h >= f(one / 6)).length;
  const colors = [
    [c, x, 0],
    [x, c, 0],
    [0, c, x],
    [0, x, c],
    [x, 0, c],
    [c, 0, x],
  ];
  return colors[sixth].map((one) => Math.trunc(Math.min(Math.max(f(one + m), 0), 1) * 255));
}
