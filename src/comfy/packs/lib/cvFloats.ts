// cv2.resize of floats: cubic, and nearest pixel by its centre.
import { cubicTaps } from './cvCubicTaps.js';
import { empty, type Floats } from './pictures.js';

interface Size {
  readonly width: number;
  readonly height: number;
}

export function cvCubicFloats({ data, shape }: Floats, { width, height }: Size): Floats {
  const [batch, rows, columns, channels] = shape;
  if (rows === height && columns === width) return { data, shape };
  const [across, down] = [cubicTaps(columns, width), cubicTaps(rows, height)];
  const wide = empty([batch, rows, width, channels]);
  for (let line = 0; line < batch * rows; line++) {
    for (const [x, { places, weights }] of across.entries()) {
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (const [k, place] of places.entries()) sum += data[(line * columns + place) * channels + c] * weights[k];
        wide.data[(line * width + x) * channels + c] = sum;
      }
    }
  }
  const made = empty([batch, height, width, channels]);
  const line = width * channels;
  for (let b = 0; b < batch; b++) {
    for (const [y, { places, weights }] of down.entries()) {
      for (let i = 0; i < line; i++) {
        let sum = 0;
        for (const [k, place] of places.entries()) sum += wide.data[(b * rows + place) * line + i] * weights[k];
        made.data[(b * height + y) * line + i] = sum;
      }
    }
  }
  return made;
}

/** INTER_NEAREST_EXACT, in 65536ths of a pixel. */
export function cvNearestExact({ data, shape }: Floats, { width, height }: Size): Floats {
  const [batch, rows, columns, channels] = shape;
  const places = (from: number, to: number): number[] => {
    const step = Math.floor((from * 65536 + Math.floor(to / 2)) / to);
    const first = Math.floor(step / 2) - (from % 2);
    return Array.from({ length: to }, (_, i) => Math.min(Math.floor((step * i + first) / 65536), from - 1));
  };
  const [across, down] = [places(columns, width), places(rows, height)];
  const made = empty([batch, height, width, channels]);
  for (let b = 0, to = 0; b < batch; b++) {
    for (const y of down) {
      for (const x of across) {
        const from = ((b * rows + Math.max(y, 0)) * columns + Math.max(x, 0)) * channels;
        for (let c = 0; c < channels; c++) made.data[to++] = data[from + c];
      }
    }
  }
  return made;
}
