// Plain loops in JavaScript as most people would write them: exact, and the reference for all others.
import { inflateSync } from 'node:zlib';
import { labNodes } from '../nodes.mjs';

const channel = (type, make) => (input) => {
  const { width, height, photo } = input;
  const out = new type(width * height);
  const run = make(photo, out, input);
  return { run, answer: () => out };
};

const N = 33;

function lightness(photo, out) {
  const nodes = labNodes();
  const f = Int32Array.from({ length: 256 }, (_, v) => 8224 * v + Math.floor((32 * v + 127) / 255));
  const at = f.map((x, v) => (v === 255 ? 32 : x >> 16));
  const weight = f.map((x) => x & 65535);
  return () => {
    for (let i = 0, p = 0; i < out.length; i++, p += 4) {
      const r = photo[p];
      const g = photo[p + 1];
      const b = photo[p + 2];
      const x = weight[r];
      const y = weight[g];
      const z = weight[b];
      const dr = r === 255 ? 0 : N * N;
      const dg = g === 255 ? 0 : N;
      const db = b === 255 ? 0 : 1;
      const c = (at[r] * N + at[g]) * N + at[b];
      let first;
      let second;
      let high = x;
      let middle = y;
      let low = z;
      if (x >= y) {
        if (y >= z) {
          first = dr;
          second = dg;
        } else if (x >= z) {
          first = dr;
          second = db;
          middle = z;
          low = y;
        } else {
          first = db;
          second = dr;
          high = z;
          middle = x;
          low = y;
        }
      } else if (z >= y) {
        first = db;
        second = dg;
        high = z;
        low = x;
      } else if (x >= z) {
        first = dg;
        second = dr;
        high = y;
        middle = x;
      } else {
        first = dg;
        second = db;
        high = y;
        middle = z;
        low = x;
      }
      const v0 = nodes[c];
      const v1 = nodes[c + first];
      const v2 = nodes[c + first + second];
      const v3 = nodes[c + dr + dg + db];
      const q = (v1 - v0) * high + (v2 - v1) * middle + (v3 - v2) * low + 0x8001;
      out[i] = Math.floor((v0 + ((q + (q >> 16)) >> 16) + 128) / 257);
    }
  };
}

const falls = new Uint32Array([
  0xfffffffe, 0x00000000, 0x11000000, 0x00000111, 0x222aaaaa, 0x23232222, 0x00022222, 0x00000000,
]);

function hue(photo, out) {
  for (let i = 0, p = 0; i < out.length; i++, p += 4) {
    const r = photo[p];
    const g = photo[p + 1];
    const b = photo[p + 2];
    const top = r > g ? (r > b ? r : b) : g > b ? g : b;
    const low = r < g ? (r < b ? r : b) : g < b ? g : b;
    const d = top - low;
    if (d === 0) {
      out[i] = 0;
      continue;
    }
    let n = r === top ? g - b : g === top ? 2 * d + b - r : 4 * d + r - g;
    if (n < 0) n += 6 * d;
    n *= 85;
    const q = (n / (2 * d)) | 0;
    out[i] = q * 2 * d === n ? q - ((falls[q >> 5] >>> (q & 31)) & 1) : q;
  }
}

const part = (n) => Int32Array.from({ length: 256 }, (_, v) => Math.trunc((n * 64 * v + 50000) / 100000));

function yuv(photo, out, [r, g, b], plus) {
  const [R, G, B] = [part(r), part(g), part(b)];
  return () => {
    for (let i = 0, p = 0; i < out.length; i++, p += 4) {
      out[i] = ((R[photo[p]] + G[photo[p + 1]] + B[photo[p + 2]]) >> 6) + plus;
    }
  };
}

export function toneTable(gray) {
  const counts = new Uint32Array(256);
  for (let i = 0; i < gray.length; i++) counts[gray[i]]++;
  const low = counts.findIndex((count) => count > gray.length * 0.0005);
  const high = counts.findLastIndex((count) => count > gray.length * 0.0005);
  return Uint8Array.from({ length: 256 }, (_, v) => {
    const stretched = Math.floor((255 * (Math.min(Math.max(v, low), high) - low)) / (high - low));
    const shifted = Math.min(Math.max(stretched - 20, 0), 210) / 210;
    return 255 - Math.floor(255 * shifted ** (1 / 1.3) + 1e-9);
  });
}

function chain(photo, out, { a, width, height }) {
  const gray = new Uint8Array(width * height);
  const light = lightness(photo, gray);
  return () => {
    light();
    const table = toneTable(gray);
    for (let i = 0; i < out.length; i++) {
      const t = table[gray[i]] * a[i] + 128;
      out[i] = (((t >> 8) + t) >> 8) / 255;
    }
  };
}

/** The `keep` most frequent colours; equal counts by red, green, blue. */
export function commonest(words, least, keep) {
  const counts = new Map();
  for (let i = 0; i < words.length; i++) counts.set(words[i], (counts.get(words[i]) ?? 0) + 1);
  return pickColors([...counts], least, keep);
}

/** The same with a table of all 2^24 colours, for pictures with one alpha everywhere. */
function commonestOpaque(words, least, keep) {
  const counts = new Uint32Array(2 ** 24);
  for (let i = 0; i < words.length; i++) counts[words[i] & 0xffffff]++;
  const kept = [];
  for (let v = 0; v < counts.length; v++)
    if (counts[v] >= least) kept.push([(v | (words[0] & 0xff000000)) >>> 0, counts[v]]);
  return pickColors(kept, least, keep);
}

function pickColors(counts, least, keep) {
  const order = (v) => ((v & 255) << 16) | (v & 0xff00) | ((v >>> 16) & 255);
  return counts
    .filter(([, count]) => count >= least)
    .sort((p, q) => q[1] - p[1] || order(p[0]) - order(q[0]) || (p[0] >>> 24) - (q[0] >>> 24))
    .slice(0, keep)
    .map(([word]) => word);
}

const colors = (type, name) => (input) => {
  const words = new Uint32Array(input[name].buffer, input[name].byteOffset, input.width * input.height);
  const one = type === Uint8Array ? 255 : 1;
  const opaque = words.every((word) => word >>> 24 === 255);
  const find = () => (opaque ? commonestOpaque : commonest)(words, 500, 8);
  const out = new type(Math.max(1, find().length) * words.length);
  const run = () => {
    find().forEach((color, k) => {
      const mask = out.subarray(k * words.length, (k + 1) * words.length);
      for (let i = 0; i < words.length; i++) mask[i] = words[i] === color ? one : 0;
    });
  };
  return { run, answer: () => out };
};

const joined =
  (loop) =>
  ({ a, b }) => {
    const out = new Uint8Array(a.length);
    return { run: () => loop(a, b, out), answer: () => out };
  };

/** The maximum of a window of 2 * reach + 1, along rows, then along columns. */
function grow({ width, height, a }) {
  const reach = 8;
  const wide = new Uint8Array(a.length);
  const out = new Uint8Array(a.length);
  const run = () => {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        let most = 0;
        const end = Math.min(width - 1, x + reach);
        for (let k = Math.max(0, x - reach); k <= end; k++) most = Math.max(most, a[y * width + k]);
        wide[y * width + x] = most;
      }
    }
    for (let y = 0; y < height; y++) {
      const end = Math.min(height - 1, y + reach);
      for (let x = 0; x < width; x++) {
        let most = 0;
        for (let k = Math.max(0, y - reach); k <= end; k++) most = Math.max(most, wide[k * width + x]);
        out[y * width + x] = most;
      }
    }
  };
  return { run, answer: () => out };
}

/** Eight times the maximum of a pixel and its four neighbours. */
function growTapered({ width, height, a }) {
  let out;
  const run = () => {
    let from = a;
    for (let step = 0; step < 8; step++) {
      out = new Uint8Array(a.length);
      for (let y = 0, i = 0; y < height; y++) {
        for (let x = 0; x < width; x++, i++) {
          let most = from[i];
          if (x && from[i - 1] > most) most = from[i - 1];
          if (x < width - 1 && from[i + 1] > most) most = from[i + 1];
          if (y && from[i - width] > most) most = from[i - width];
          if (y < height - 1 && from[i + width] > most) most = from[i + width];
          out[i] = most;
        }
      }
      from = out;
    }
  };
  return { run, answer: () => out };
}

/** PNG of 8 bits a channel, not interlaced. */
export function unpng(file) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const parts = [];
  let width;
  let height;
  let each;
  for (let at = 8; at < file.length; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (name === 'IHDR') {
      width = view.getUint32(at + 8);
      height = view.getUint32(at + 12);
      each = { 0: 1, 2: 3, 4: 2, 6: 4 }[file[at + 17]];
    }
    if (name === 'IDAT') parts.push(file.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * each;
  const out = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)];
    const row = y * stride;
    for (let x = 0; x < stride; x++) {
      const left = x >= each ? out[row + x - each] : 0;
      const up = y ? out[row + x - stride] : 0;
      const corner = y && x >= each ? out[row + x - stride - each] : 0;
      let guess = 0;
      if (filter === 1) guess = left;
      else if (filter === 2) guess = up;
      else if (filter === 3) guess = (left + up) >> 1;
      else if (filter === 4) {
        const p = left + up - corner;
        const [pa, pb, pc] = [Math.abs(p - left), Math.abs(p - up), Math.abs(p - corner)];
        guess = pa <= pb && pa <= pc ? left : pb <= pc ? up : corner;
      }
      out[row + x] = raw[y * (stride + 1) + 1 + x] + guess;
    }
  }
  return out;
}

export const makers = {
  J1: channel(Uint8Array, (photo, out) => () => {
    for (let i = 0, p = 0; i < out.length; i++, p += 4) out[i] = photo[p];
  }),
  J1f: channel(Float32Array, (photo, out) => () => {
    for (let i = 0, p = 3; i < out.length; i++, p += 4) out[i] = photo[p] / 255;
  }),
  J2: channel(Uint8Array, lightness),
  J3: channel(Uint8Array, (photo, out) => () => hue(photo, out)),
  J4: channel(Uint8Array, (photo, out) => yuv(photo, out, [29900, 58700, 11400], 0)),
  J4u: channel(Uint8Array, (photo, out) => yuv(photo, out, [-16874, -33126, 50000], 128)),
  J5: channel(Float32Array, chain),
  J6: colors(Float32Array, 'map'),
  J6b: colors(Uint8Array, 'map'),
  J6p: colors(Float32Array, 'opaque'),
  J7: joined((a, b, out) => {
    for (let i = 0; i < out.length; i++) {
      const t = a[i] * b[i] + 128;
      out[i] = ((t >> 8) + t) >> 8;
    }
  }),
  J7a: joined((a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.min(255, a[i] + b[i]);
  }),
  J7m: joined((a, b, out) => {
    for (let i = 0; i < out.length; i++) out[i] = Math.max(a[i], b[i]);
  }),
  J7g: grow,
  J7t: growTapered,
  J8({ png }) {
    let out;
    const run = () => {
      out = unpng(png);
    };
    return { run, answer: () => out };
  },
};
