// SHA-256 (FIPS 180-4). crypto.subtle has it too, but not on a page that was not loaded over HTTPS.

const primes = Array.from({ length: 312 }, (_, n) => n).filter((n) => {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return n > 1;
});

/** The first 32 bits of the fraction of a root, exactly: by whole numbers, not by an engine's cbrt. */
function fraction(prime: number, root: 2n | 3n): number {
  const target = BigInt(prime) << (32n * root);
  let low = 0n;
  for (let bit = 1n << 36n; bit; bit >>= 1n) if ((low | bit) ** root <= target) low |= bit;
  return Number(low & 0xffffffffn);
}

/** Blocks between two steps. */
const PIECE = 2 ** 10;

export function sha256(bytes: Uint8Array): string {
  const steps = hashing(bytes);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** The same in steps, for what is large. */
export function* hashing(bytes: Uint8Array): Generator<void, string> {
  const k = Int32Array.from(primes.slice(0, 64), (prime) => fraction(prime, 3n));
  const h = Int32Array.from(primes.slice(0, 8), (prime) => fraction(prime, 2n));
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const w = new Int32Array(64);
  for (let at = 0; at < padded.length; at += 64) {
    block(view, at, w, k, h);
    if (at % (64 * PIECE) === 0) yield;
  }
  return Array.from(h, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

const turn = (x: number, n: number): number => (x >>> n) | (x << (32 - n));

function block(view: DataView, at: number, w: Int32Array, k: Int32Array, h: Int32Array): void {
  for (let i = 0; i < 64; i++) {
    if (i < 16) {
      w[i] = view.getInt32(at + i * 4);
      continue;
    }
    const p = w[i - 15];
    const q = w[i - 2];
    w[i] = w[i - 16] + (turn(p, 7) ^ turn(p, 18) ^ (p >>> 3)) + w[i - 7] + (turn(q, 17) ^ turn(q, 19) ^ (q >>> 10));
  }
  // eight variables rather than an array of eight, which takes five times as long
  let [a, b, c, d] = [h[0], h[1], h[2], h[3]];
  let [e, f, g, last] = [h[4], h[5], h[6], h[7]];
  for (let i = 0; i < 64; i++) {
    const one = (last + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    last = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  h[0] += a;
  h[1] += b;
  h[2] += c;
  h[3] += d;
  h[4] += e;
  h[5] += f;
  h[6] += g;
  h[7] += last;
}
