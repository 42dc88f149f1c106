// Gradients in numbers: what the kernel is told of a way from black to white, and what shaders look up of it.

import type { Figures, Stride } from '../row.js';

type Way = Record<'x0' | 'y0' | 'x1' | 'y1', number> & { readonly type: string };
type Size = { readonly width: number; readonly height: number };

/** The kernel's words: the kind, then the places as float64. */
function gradientData({ type, x0, y0, x1, y1 }: Way): Int32Array {
  const words = new Int32Array(Float64Array.of(0, x0, y0, x1, y1).buffer);
  words[0] = Number(type === 'radial');
  return words;
}

/** What a shader looks up, as float64: the whole way, and what each column and each row adds to a pixel's own part of it. */
function gradientPasses({ type, x0, y0, x1, y1 }: Way, _: Size, { width, height }: Size): Stride[] {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const parts = new Float64Array(1 + width + height);
  const radial = type === 'radial';
  parts[0] = dx * dx + dy * dy;
  for (let x = 0; x < width; x++) {
    const px = x + 0.5 - x0;
    parts[1 + x] = px * (radial ? px : dx);
  }
  for (let y = 0; y < height; y++) {
    const py = y + 0.5 - y0;
    parts[1 + width + y] = py * (radial ? py : dy);
  }
  const shader = radial ? 'gradientRadial' : 'gradientLinear';
  return [{ shader, numbers: [1 + width], data: new Int32Array(parts.buffer) }];
}

export const gradient: Figures = { data: gradientData, passes: gradientPasses };
