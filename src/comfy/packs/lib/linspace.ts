// torch.linspace of floats like its vector code: pairs of eight, each from its own start, then the remaining values
// one by one.
import { fma } from './fma.js';

const f = Math.fround;
const VECTOR = 8;

export function linspace(from: number, to: number, steps: number): Float32Array<ArrayBuffer> {
  const step = f((to - from) / (steps - 1));
  const half = Math.floor(steps / 2);
  const at = (i: number): number => (i < half ? fma(step, i, from) : fma(-step, steps - i - 1, to));
  const whole = steps - (steps % (2 * VECTOR));
  const made = new Float32Array(steps);
  if (steps === 1) return made.fill(from);
  for (let i = 0; i < steps; i++) {
    const first = i - (i % VECTOR);
    made[i] = i < whole ? at(first) + f((i - first) * step) : at(i);
  }
  return made;
}
