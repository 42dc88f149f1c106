// cv2.inpaint of pictures of bytes, by Telea's fast marching or OpenCV's version of the Navier-Stokes method, which
// march alike. Both go inwards from the edge of the mask, nearest pixel first, and fill each pixel from the known
// pixels around it.
import type { Plane } from './each.js';
import { halfEven } from './numbers.js';
import type { Picture } from './pillow.js';

const f = Math.fround;
const [KNOWN, BAND, INSIDE] = [0, 1, 2];
/** Further than any pixel can be. */
const FAR = f(1e6);
const TINY = f(1e-20);

/** The pixels still to come, nearest first. Of equal distances, the one that was added first. */
class Nearest {
  readonly #at: number[] = [];
  readonly #far: number[] = [];
  readonly #order: number[] = [];
  #count = 0;

  push(at: number, far: number): void {
    let i = this.#at.length;
    const order = this.#count++;
    this.#set(i, at, far, order);
    while (i > 0) {
      const up = (i - 1) >> 1;
      if (!this.#before(i, up)) break;
      this.#swap(i, up);
      i = up;
    }
  }

  pop(): number | undefined {
    const first = this.#at[0];
    const last = this.#at.length - 1;
    if (last < 0) return undefined;
    this.#swap(0, last);
    for (const all of [this.#at, this.#far, this.#order]) all.pop();
    for (let i = 0; ; ) {
      let least = i;
      for (const down of [2 * i + 1, 2 * i + 2]) if (down < last && this.#before(down, least)) least = down;
      if (least === i) return first;
      this.#swap(i, least);
      i = least;
    }
  }

  #set(i: number, at: number, far: number, order: number): void {
    this.#at[i] = at;
    this.#far[i] = far;
    this.#order[i] = order;
  }

  #before(i: number, j: number): boolean {
    return this.#far[i] < this.#far[j] || (this.#far[i] === this.#far[j] && this.#order[i] < this.#order[j]);
  }

  #swap(i: number, j: number): void {
    const [at, far, order] = [this.#at[i], this.#far[i], this.#order[i]];
    this.#set(i, this.#at[j], this.#far[j], this.#order[j]);
    this.#set(j, at, far, order);
  }
}

/** A field with a border of one pixel, as in the original. */
class Field {
  readonly far: Float32Array;
  /** Offsets of the four neighbours, in the original's order. */
  readonly sides: readonly number[];

  constructor(
    readonly wide: number,
    readonly high: number,
  ) {
    this.far = new Float32Array(wide * high).fill(FAR);
    this.sides = [-wide, -1, wide, 1];
  }

  inner(at: number): boolean {
    const [x, y] = [at % this.wide, Math.floor(at / this.wide)];
    return x > 0 && y > 0 && x < this.wide - 1 && y < this.high - 1;
  }

  /** The distance of a place, from two of its neighbours. */
  #solved(states: Uint8Array, one: number, other: number): number {
    const [a, b] = [this.far[one], this.far[other]];
    const least = Math.min(a, b);
    if (states[one] === INSIDE) return f(states[other] === INSIDE ? 1 + least : 1 + b);
    if (states[other] === INSIDE) return f(1 + a);
    if (Math.abs(f(a - b)) >= 1) return f(1 + least);
    return f((a + b + Math.sqrt(2 - (a - b) * (a - b))) * 0.5);
  }

  distance(states: Uint8Array, at: number): number {
    const { wide } = this;
    return Math.min(
      this.#solved(states, at - wide, at - 1),
      this.#solved(states, at + wide, at - 1),
      this.#solved(states, at - wide, at + 1),
      this.#solved(states, at + wide, at + 1),
    );
  }

  march(states: Uint8Array, from: readonly number[], fill: (at: number) => void): number[] {
    const queue = new Nearest();
    for (const at of from) queue.push(at, 0);
    const met: number[] = [];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      states[at] = KNOWN;
      met.push(at);
      for (const side of this.sides) {
        const next = at + side;
        if (!this.inner(next) || states[next] !== INSIDE) continue;
        this.far[next] = this.distance(states, next);
        fill(next);
        states[next] = BAND;
        queue.push(next, this.far[next]);
      }
    }
    return met;
  }
}

export type Inpainting = 'telea' | 'ns';

/** Fills the pixels that are not 0 in the mask from pixels within `radius`. */
export function inpainted(picture: Picture, mask: Plane, radius: number, method: Inpainting): Picture {
  const { width, height, channels } = picture;
  const field = new Field(width + 2, height + 2);
  const { wide, high } = field;
  const states = new Uint8Array(wide * high);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) if (mask.data[y * width + x]) states[(y + 1) * wide + x + 1] = INSIDE;
  }
  const band: number[] = [];
  for (let at = 0; at < states.length; at++) {
    const near = field.inner(at) && states[at] === KNOWN && field.sides.some((side) => states[at + side] === INSIDE);
    if (near) band.push(at);
  }
  for (const at of band) field.far[at] = 0;
  if (method === 'telea') outwards(field, states, band, radius);
  const to = Uint8Array.from(picture.data);
  const reading = { data: to, width, height, channels, states, field, radius };
  const pixel = method === 'telea' ? telea : navierStokes;
  field.march(states, band, (at) => {
    for (let c = 0; c < channels; c++) {
      const [x, y] = [(at % wide) - 1, Math.floor(at / wide) - 1];
      to[(y * width + x) * channels + c] = pixel(reading, at, c);
    }
  });
  return { ...picture, data: to };
}

/** Distances of the known pixels around the mask, as negative numbers. */
function outwards(field: Field, states: Uint8Array, band: readonly number[], radius: number): void {
  const { wide, high } = field;
  const around = new Uint8Array(states.length);
  const isIn = (at: number): boolean => states[at] === INSIDE;
  for (let at = 0; at < states.length; at++) {
    if (!isIn(at)) continue;
    const [x, y] = [at % wide, Math.floor(at / wide)];
    for (let v = Math.max(y - radius, 0); v <= Math.min(y + radius, high - 1); v++) {
      for (let u = Math.max(x - radius, 0); u <= Math.min(x + radius, wide - 1); u++) around[v * wide + u] = INSIDE;
    }
  }
  for (let at = 0; at < states.length; at++) if (isIn(at) || !field.inner(at)) around[at] = KNOWN;
  for (const at of band) around[at] = KNOWN;
  for (const at of field.march(around, band, () => {})) field.far[at] = -field.far[at];
}

interface Reading {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly states: Uint8Array;
  readonly field: Field;
  readonly radius: number;
}

/** A picture's value by row and column, within its own bounds. */
const valueAt =
  ({ data, width, channels }: Reading, c: number) =>
  (row: number, column: number): number =>
    data[(row * width + column) * channels + c];

const saturated = (x: number): number => Math.min(Math.max(x, 0), 255);

/**
 * Every known place within the radius: its index, row and column, and the row and column at which the original reads
 * the picture.
 */
function around(
  { states, field: { wide, high }, radius }: Reading,
  at: number,
  visit: (place: number, k: number, l: number, km: number, kp: number, lm: number, lp: number) => void,
): void {
  const [i, j] = [Math.floor(at / wide), at % wide];
  for (let k = Math.max(i - radius, 1); k <= Math.min(i + radius, high - 2); k++) {
    for (let l = Math.max(j - radius, 1); l <= Math.min(j + radius, wide - 2); l++) {
      const place = k * wide + l;
      if (states[place] === INSIDE || (l - j) ** 2 + (k - i) ** 2 > radius ** 2) continue;
      const [km, kp] = [k - 1 + Number(k === 1), k - 1 - Number(k === high - 2)];
      const [lm, lp] = [l - 1 + Number(l === 1), l - 1 - Number(l === wide - 2)];
      visit(place, k, l, km, kp, lm, lp);
    }
  }
}

function telea(reading: Reading, at: number, c: number): number {
  const { states, field } = reading;
  const { wide, far } = field;
  const value = valueAt(reading, c);
  const [i, j] = [Math.floor(at / wide), at % wide];
  const open = (place: number): boolean => states[place] !== INSIDE;
  const slope = (before: number, after: number): number => {
    if (open(after)) return open(before) ? f(f(far[after] - far[before]) * 0.5) : f(far[after] - far[at]);
    return open(before) ? f(far[at] - far[before]) : 0;
  };
  const [gradX, gradY] = [slope(at - 1, at + 1), slope(at - wide, at + wide)];
  let [sum, jx, jy, weights] = [0, 0, 0, TINY];
  around(reading, at, (place, k, l, km, kp, lm, lp) => {
    const [rx, ry] = [j - l, i - k];
    const square = rx * rx + ry * ry;
    const near = f(1 / f(square * f(Math.sqrt(square))));
    const level = f(1 / f(1 + Math.abs(f(far[place] - far[at]))));
    const along = f(f(rx * gradX) + f(ry * gradY));
    const weight = f(Math.abs(f(f(near * level) * (Math.abs(along) <= 0.01 ? f(0.000001) : along))));
    const across = open(place + 1)
      ? open(place - 1)
        ? (value(km, lp + 1) - value(km, lm - 1)) * 2
        : value(km, lp + 1) - value(km, lm)
      : open(place - 1)
        ? value(km, lp) - value(km, lm - 1)
        : 0;
    const down = open(place + wide)
      ? open(place - wide)
        ? (value(kp + 1, lm) - value(km - 1, lm)) * 2
        : value(kp + 1, lm) - value(km, lm)
      : open(place - wide)
        ? value(kp, lm) - value(km - 1, lm)
        : 0;
    sum = f(sum + f(weight * value(km, lm)));
    jx = f(jx - f(weight * f(across * rx)));
    jy = f(jy - f(weight * f(down * ry)));
    weights = f(weights + weight);
  });
  const edge = f(f(jx + jy) / f(f(Math.sqrt(f(f(jx * jx) + f(jy * jy)))) + TINY));
  return saturated(halfEven(f(f(f(sum / weights) + edge) + 0.5)));
}

function navierStokes(reading: Reading, at: number, c: number): number {
  const { states, field } = reading;
  const { wide } = field;
  const value = valueAt(reading, c);
  const [i, j] = [Math.floor(at / wide), at % wide];
  const open = (place: number): boolean => states[place] !== INSIDE;
  let [sum, weights] = [0, TINY];
  around(reading, at, (place, k, l, km, kp, lm, lp) => {
    const [rx, ry] = [l - j, k - i];
    const square = rx * rx + ry * ry;
    const near = f(1 / f(f(square * square) + 1));
    const here = value(km, lm);
    const below = Math.abs(value(kp + 1, lm) - value(kp, lm));
    const above = Math.abs(value(kp, lm) - value(km - 1, lm));
    const right = Math.abs(value(km, lp + 1) - here);
    const left = Math.abs(here - value(km, lm - 1));
    const change = (after: boolean, before: boolean, one: number, other: number): number =>
      after ? (before ? one + other : one * 2) : before ? other * 2 : 0;
    const gradX = -change(open(place + wide), open(place - wide), below, above);
    const gradY = change(open(place + 1), open(place - 1), right, left);
    const along = rx * gradX + ry * gradY;
    const length = Math.sqrt(f(square * (gradX * gradX + gradY * gradY)));
    const weight = f(near * (Math.abs(along) <= 0.01 ? f(0.000001) : f(Math.abs(along / length))));
    sum = f(sum + f(weight * here));
    weights = f(weights + weight);
  });
  return saturated(halfEven(sum / weights));
}
