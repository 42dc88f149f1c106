// The pictures for every peer: seeded, so that any two machines measure the same bytes; kept in the system's
// temporary folder.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const sizes = {
  512: [512, 512],
  '1k': [1024, 1024],
  hd: [1920, 1080],
  '4k': [3840, 2160],
  '8k': [8192, 8192],
};

const version = createHash('sha256')
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .digest('hex')
  .slice(0, 8);
export const folder = join(tmpdir(), `chromask-bench-${version}`);

/** The path of a picture's bytes, which are made at the first call. */
export async function file(name, size) {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}-${size}`);
  if (existsSync(path)) return path;
  const [width, height] = sizes[size];
  writeFileSync(`${path}.part`, await makers[name](width, height, size));
  renameSync(`${path}.part`, path);
  return path;
}

const makers = {
  /** RGBA: clouds of three scales with grain, about as many colours as a photograph has; a soft-edged alpha. */
  photo(width, height) {
    const fields = [1, 2, 3, 4].map((seed) => clouds(width, height, seed));
    const grain = random(99);
    const out = new Uint8ClampedArray(width * height * 4);
    for (let y = 0, at = 0; y < height; y++) {
      const [light, r, g, a] = fields.map((field) => field(y));
      for (let x = 0; x < width; x++) {
        const bits = grain();
        const l = 255 * light[x];
        out[at++] = l + 90 * (r[x] - 0.5) + (bits & 15) - 8;
        out[at++] = l + 60 * (g[x] - 0.5) + ((bits >>> 4) & 15) - 8;
        out[at++] = l + 90 * (0.5 - r[x]) + ((bits >>> 8) & 15) - 8;
        out[at++] = 1020 * (a[x] - 0.4);
      }
    }
    return out;
  },
  /** The photo without alpha, with more contrast and grain: millions of colours, with clipped lights and shadows. */
  opaque(width, height) {
    const out = makers.photo(width, height);
    const grain = random(77);
    for (let i = 0; i < out.length; i += 4) {
      const bits = grain();
      for (let c = 0; c < 3; c++) out[i + c] = 1.5 * out[i + c] - 60 + ((bits >>> (5 * c)) & 31) - 16;
      out[i + 3] = 255;
    }
    return out;
  },
  /** RGBA: regions of 30 flat colours, like a segmentation map. */
  map(width, height) {
    const field = clouds(width, height, 7);
    const next = random(5);
    const colors = Uint32Array.from({ length: 30 }, () => (next() | 0xff000000) >>> 0);
    const out = new Uint32Array(width * height);
    for (let y = 0, at = 0; y < height; y++) {
      const row = field(y);
      for (let x = 0; x < width; x++) out[at++] = colors[Math.floor(row[x] * 30) % 30];
    }
    return new Uint8Array(out.buffer);
  },
  /** A mask of bytes: soft-edged blobs with a little grain in their slopes. */
  a: (width, height) => blobs(width, height, 11),
  b: (width, height) => blobs(width, height, 12),
  /** The photo as a PNG file with adaptive filters at level 6. */
  async png(width, height, size) {
    const { default: sharp } = await import('sharp');
    const raw = { width, height, channels: 4 };
    const options = { compressionLevel: 6, adaptiveFiltering: true };
    return sharp(readFileSync(await file('photo', size)), { raw, limitInputPixels: false })
      .png(options)
      .toBuffer();
  },
};

function blobs(width, height, seed) {
  const field = clouds(width, height, seed);
  const grain = random(seed);
  const out = new Uint8ClampedArray(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const row = field(y);
    for (let x = 0; x < width; x++) out[at++] = 1200 * (row[x] - 0.4) + (grain() & 7);
  }
  return out;
}

/** Smooth noise, 0..1, a row at a time: random lattices of three scales, interpolated. */
function clouds(width, height, seed) {
  const next = random(seed * 7919);
  const octaves = [
    [5, 0.55],
    [23, 0.3],
    [101, 0.15],
  ].map(([cells, weight]) => {
    const points = Float32Array.from({ length: (cells + 2) ** 2 }, () => next() / 2 ** 32);
    return { cells, weight, points };
  });
  const row = new Float32Array(width);
  return (y) => {
    row.fill(0);
    for (const { cells, weight, points } of octaves) {
      const v = (y / height) * cells;
      const top = Math.floor(v) * (cells + 2);
      const ease = smooth(v % 1);
      for (let x = 0; x < width; x++) {
        const u = (x / width) * cells;
        const at = top + Math.floor(u);
        const t = smooth(u % 1);
        const above = points[at] + (points[at + 1] - points[at]) * t;
        const below = points[at + cells + 2] + (points[at + cells + 3] - points[at + cells + 2]) * t;
        row[x] += weight * (above + (below - above) * ease);
      }
    }
    return row;
  };
}

const smooth = (t) => t * t * (3 - 2 * t);

/** 32-bit xorshift. */
function random(seed) {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
