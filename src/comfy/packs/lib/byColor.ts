// Selects pixels by colour, with bytes rounded half to even.
import { halfEven } from './numbers.js';

const f = Math.fround;

/** 255 where each channel, clamped to 0..1, is within `threshold` of the colour. A picture of one channel is gray. */
export function withinBytes(
  data: Float32Array,
  channels: number,
  color: readonly number[],
  threshold: number,
): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(data.length / channels);
  for (const i of made.keys()) {
    const own = color.every((wanted, c) => {
      const x = data[i * channels + (c % channels)];
      return Math.abs(halfEven(f(Math.min(Math.max(x, 0), 1) * 255)) - wanted) <= threshold;
    });
    if (own) made[i] = 255;
  }
  return made;
}
