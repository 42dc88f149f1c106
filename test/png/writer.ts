// An independent PNG writer for tests, slow and plain, that shares no code with the product. It takes samples
// instead of pixels, so that every colour type, depth, interlacing and filter is possible, and it can write invalid
// files.
import { deflateSync } from 'node:zlib';

export interface Spec {
  width: number;
  height: number;
  colorType: 0 | 2 | 3 | 4 | 6;
  depth: 1 | 2 | 4 | 8 | 16;
  interlaced?: boolean;
  /** Sample of channel c at x, y. */
  sample: (x: number, y: number, c: number) => number;
  /** Filter of row y of a pass. */
  filter?: (y: number) => number;
  palette?: number[][];
  transparency?: number[];
  level?: number;
  /** IDAT chunks of at most this many bytes. */
  piece?: number;
}

export const channelsOf = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;
export const pairs = [
  [0, 1],
  [0, 2],
  [0, 4],
  [0, 8],
  [0, 16],
  [2, 8],
  [2, 16],
  [3, 1],
  [3, 2],
  [3, 4],
  [3, 8],
  [4, 8],
  [4, 16],
  [6, 8],
  [6, 16],
] as const;

const table = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const b of bytes) c = (table[(c ^ b) & 255] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

export function chunk(name: string, data: Uint8Array | number[] = [], length = data.length): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), Buffer.from(data)]),
    out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

export function ihdr(width: number, height: number, depth: number, colorType: number, interlace = 0): Buffer {
  const b = Buffer.alloc(13);
  b.writeUInt32BE(width >>> 0, 0);
  b.writeUInt32BE(height >>> 0, 4);
  b.set([depth, colorType, 0, 0, interlace], 8);
  return chunk('IHDR', b);
}

export const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
export const iend = chunk('IEND');
export const file = (...parts: Uint8Array[]): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat([signature, ...parts]));
export const idat = (raw: Uint8Array | number[], level = 6): Buffer =>
  chunk('IDAT', deflateSync(Uint8Array.from(raw), { level }));

function paeth(a: number, b: number, c: number): number {
  const p = a + b - c,
    pa = Math.abs(p - a),
    pb = Math.abs(p - b),
    pc = Math.abs(p - c);
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}

/** The filtered rows, all passes. */
export function raw(spec: Spec): number[] {
  const { width, height, depth, colorType } = spec,
    channels = channelsOf[colorType],
    out: number[] = [];
  const passes = spec.interlaced
    ? [
        [0, 0, 8, 8],
        [4, 0, 8, 8],
        [0, 4, 4, 8],
        [2, 0, 4, 4],
        [0, 2, 2, 4],
        [1, 0, 2, 2],
        [0, 1, 1, 2],
      ]
    : [[0, 0, 1, 1]];
  const bpp = Math.max(1, (channels * depth) / 8);
  for (const [x0 = 0, y0 = 0, dx = 1, dy = 1] of passes) {
    let above: number[] = [];
    if (x0 >= width) continue;
    for (let y = y0, row = 0; y < height; y += dy, row++) {
      const bits: number[] = [];
      for (let x = x0; x < width; x += dx) {
        for (let c = 0; c < channels; c++)
          for (let k = depth - 1; k >= 0; k--) bits.push((spec.sample(x, y, c) >> k) & 1);
      }
      const line: number[] = [];
      for (let i = 0; i < bits.length; i += 8)
        line.push(Array.from({ length: 8 }, (_, k) => bits[i + k] ?? 0).reduce((v, bit) => v * 2 + bit, 0));
      const f = spec.filter?.(row) ?? 0;
      out.push(f);
      line.forEach((v, i) => {
        const a = line[i - bpp] ?? 0,
          b = above[i] ?? 0,
          c = i >= bpp ? (above[i - bpp] ?? 0) : 0;
        const guess = [0, a, b, (a + b) >> 1, paeth(a, b, c)][f] ?? 0;
        out.push((v - guess) & 255);
      });
      above = line;
    }
  }
  return out;
}

export function write(spec: Spec): Uint8Array<ArrayBuffer> {
  const stream = deflateSync(Uint8Array.from(raw(spec)), { level: spec.level ?? 6 }),
    parts = [ihdr(spec.width, spec.height, spec.depth, spec.colorType, spec.interlaced ? 1 : 0)];
  if (spec.palette)
    parts.push(
      chunk(
        'PLTE',
        spec.palette.flatMap((entry) => entry.slice(0, 3)),
      ),
    );
  if (spec.transparency) parts.push(chunk('tRNS', spec.transparency));
  const piece = spec.piece ?? stream.length;
  for (let i = 0; i < stream.length; i += piece) parts.push(chunk('IDAT', stream.subarray(i, i + piece)));
  return file(...parts, iend);
}

/** What the PNG specification says the picture is, as 16-bit RGBA. */
export function expected16(spec: Spec): Uint16Array {
  const { width, height, depth, colorType, transparency: t } = spec,
    out = new Uint16Array(width * height * 4),
    most = 2 ** depth - 1;
  const up = (v: number): number => Math.round((v * 65535) / most);
  for (let y = 0, o = 0; y < height; y++) {
    for (let x = 0; x < width; x++, o += 4) {
      const s = Array.from({ length: channelsOf[colorType] }, (_, c) => spec.sample(x, y, c));
      const [p = 0, q = 0, r = 0, a = 0] = s;
      if (colorType === 3) {
        const [red = 0, green = 0, blue = 0] = spec.palette?.[p] ?? [];
        out.set([red * 257, green * 257, blue * 257, (t?.[p] ?? 255) * 257], o);
      } else if (colorType === 0)
        out.set([up(p), up(p), up(p), t && p === (t[0] ?? 0) * 256 + (t[1] ?? 0) ? 0 : 65535], o);
      else if (colorType === 4) out.set([up(p), up(p), up(p), up(q)], o);
      else if (colorType === 6) out.set([up(p), up(q), up(r), up(a)], o);
      else {
        const hit = t && [p, q, r].every((v, c) => v === (t[c * 2] ?? 0) * 256 + (t[c * 2 + 1] ?? 0));
        out.set([up(p), up(q), up(r), hit ? 0 : 65535], o);
      }
    }
  }
  return out;
}

/** Numbers that look random and are the same every time (mulberry32). */
export function random(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
