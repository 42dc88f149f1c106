// Writes one block in the shortest of deflate's three forms.
import {
  IN, OUT, BITS, COUNT, SEQUENCES, START, LITERAL_COUNTS, DISTANCE_COUNTS, LITERAL_CODES, DISTANCE_CODES, PRE_COUNTS, PRE_CODES, PRE_LENGTHS,
  LENGTHS, PACKED, LIST, lengthSymbol, lengthExtra, distanceSymbol, distanceExtra,
} from "./state";
import { lengthsOf, codesOf, cost, fixedLengths } from "./codes";

/** The order in which the lengths of the code length code are sent, five bits each (RFC 1951, 3.2.7). */
@inline function precodeAt(i: u32): usize {
  return i < 12 ? <usize>((<u64>0x22caa324e804a30) >> (i * 5)) & 31 : <usize>((<u64>0x3c2e1346c) >> ((i - 12) * 5)) & 31;
}

function put(state: usize, value: u32, n: u32): void {
  let bits = load<u64>(state, BITS) | (<u64>value << load<u32>(state, COUNT)), count = load<u32>(state, COUNT) + n;
  const out = <usize>load<u32>(state, OUT);
  store<u64>(out, bits, 0, 1);
  store<u32>(state, <u32>out + (count >> 3), OUT);
  store<u64>(state, bits >> (count & 56), BITS);
  store<u32>(state, count & 7, COUNT);
}

export function emit(state: usize, last: bool): void {
  const literals = state + LITERAL_COUNTS, distances = state + DISTANCE_COUNTS, lengths = state + LENGTHS;
  store<u32>(literals, 1, 1024); // the end of the block, symbol 256
  lengthsOf(state, literals, lengths, 286, 15, 2);
  store<u16>(lengths, 0, 286);
  lengthsOf(state, distances, lengths + 288, 30, 15, 0);
  store<u16>(lengths, 0, 318);
  let hlit: u32 = 286, hdist: u32 = 30;
  while (hlit > 257 && !load<u8>(lengths + hlit - 1)) hlit--;
  while (hdist > 1 && !load<u8>(lengths + 287 + hdist)) hdist--;
  const sent = pack(state, hlit, hdist);
  const pre = state + PRE_LENGTHS;
  lengthsOf(state, state + PRE_COUNTS, pre, 19, 7, 2);
  let hclen: u32 = 19;
  while (hclen > 4 && !load<u8>(pre + precodeAt(hclen - 1))) hclen--;
  const dynamic = 17 + hclen * 3 + cost(state + PRE_COUNTS, pre, 19) + load<u32>(state + PRE_COUNTS, 64) * 2 + load<u32>(state + PRE_COUNTS, 68) * 3
    + load<u32>(state + PRE_COUNTS, 72) * 7 + cost(literals, lengths, 286) + cost(distances, lengths + 288, 30);
  const fixed = 3 + fixedCost(literals) + sum(distances, 0, 30) * 5;
  let extra: u32 = 0;
  for (let i: u32 = 265; i < 285; i++) extra += load<u32>(literals + (<usize>i << 2)) * ((i - 261) >> 2);
  for (let i: u32 = 4; i < 30; i++) extra += load<u32>(distances + (<usize>i << 2)) * ((i >> 1) - 1);
  const size = load<u32>(state, IN) - load<u32>(state, START);
  if (size * 8 + 40 * (size / 65535 + 1) < min<u32>(dynamic, fixed) + extra) return stored(state, size, last);
  put(state, last ? 1 : 0, 1);
  if (fixed <= dynamic) {
    put(state, 1, 2);
    fixedLengths(lengths);
  } else {
    put(state, 2, 2);
    put(state, hlit - 257, 5);
    put(state, hdist - 1, 5);
    put(state, hclen - 4, 4);
    for (let i: u32 = 0; i < hclen; i++) put(state, load<u8>(pre + precodeAt(i)), 3);
    codesOf(state, pre, state + PRE_CODES, 19);
    for (let i: u32 = 0; i < sent; i++) {
      const p = <u32>load<u16>(state + PACKED + (<usize>i << 1)), s = p & 31, code = load<u32>(state + PRE_CODES + (<usize>s << 2));
      put(state, code >> 5, code & 31);
      if (s >= 16) put(state, p >> 8, s == 16 ? 2 : s == 17 ? 3 : 7);
    }
  }
  codesOf(state, lengths, state + LITERAL_CODES, 288);
  codesOf(state, lengths + 288, state + DISTANCE_CODES, 32);
  body(state);
}

function sum(counts: usize, from: u32, to: u32): u32 {
  let s: u32 = 0;
  for (let i = from; i < to; i++) s += load<u32>(counts + (<usize>i << 2));
  return s;
}

function fixedCost(literals: usize): u32 {
  return sum(literals, 0, 144) * 8 + sum(literals, 144, 256) * 9 + sum(literals, 256, 280) * 7 + sum(literals, 280, 286) * 8;
}

/** Run-length codes both sets of lengths as one sequence; returns how many symbols that takes. */
function pack(state: usize, hlit: u32, hdist: u32): u32 {
  const lengths = state + LENGTHS, counts = state + PRE_COUNTS, out = state + PACKED, total = hlit + hdist;
  memory.fill(counts, 0, 128);
  let n: u32 = 0, i: u32 = 0;
  while (i < total) {
    const v = at(lengths, i, hlit);
    let times: u32 = 1;
    while (i + times < total && at(lengths, i + times, hlit) == v) times++;
    i += times;
    if (v == 0) {
      while (times >= 11) { const k = min<u32>(times, 138); n = add(out, counts, n, 18 | ((k - 11) << 8)); times -= k; }
      if (times >= 3) { n = add(out, counts, n, 17 | ((times - 3) << 8)); times = 0; }
    } else {
      n = add(out, counts, n, v);
      times--;
      while (times >= 3) { const k = min<u32>(times, 6); n = add(out, counts, n, 16 | ((k - 3) << 8)); times -= k; }
    }
    while (times) { n = add(out, counts, n, v); times--; }
  }
  return n;
}

@inline function at(lengths: usize, i: u32, hlit: u32): u32 {
  return load<u8>(lengths + <usize>(i < hlit ? i : 288 + i - hlit));
}

function add(out: usize, counts: usize, n: u32, symbol: u32): u32 {
  store<u16>(out + (<usize>n << 1), <u16>symbol);
  const c = counts + (<usize>(symbol & 31) << 2);
  store<u32>(c, load<u32>(c) + 1);
  return n + 1;
}

function body(state: usize): void {
  const literals = state + LITERAL_CODES, distances = state + DISTANCE_CODES;
  let out = <usize>load<u32>(state, OUT), bits = load<u64>(state, BITS), count = <u64>load<u32>(state, COUNT);
  let p = <usize>load<u32>(state, START), item = state + LIST;
  const items = item + (<usize>load<u32>(state, SEQUENCES) << 3);
  for (; item < items; item += 8) {
    const stop = p + load<u32>(item), match = load<u32>(item, 4);
    // At most 7 bits are pending, so three codes of at most 15 bits fit.
    while (p + 3 <= stop) {
      const a = load<u32>(literals + (<usize>load<u8>(p) << 2)), b = load<u32>(literals + (<usize>load<u8>(p, 1) << 2)), c = load<u32>(literals + (<usize>load<u8>(p, 2) << 2));
      bits |= <u64>(a >> 5) << count; count += <u64>(a & 31);
      bits |= <u64>(b >> 5) << count; count += <u64>(b & 31);
      bits |= <u64>(c >> 5) << count; count += <u64>(c & 31);
      store<u64>(out, bits, 0, 1);
      out += <usize>(count >> 3);
      bits >>= count & 56;
      count &= 7;
      p += 3;
    }
    while (p < stop) {
      const a = load<u32>(literals + (<usize>load<u8>(p) << 2));
      bits |= <u64>(a >> 5) << count; count += <u64>(a & 31);
      p++;
    }
    // 7 pending bits and two literals are 37 bits, and a match takes up to 48 more, so they are written in two steps.
    store<u64>(out, bits, 0, 1);
    out += <usize>(count >> 3);
    bits >>= count & 56;
    count &= 7;
    if (match) {
      const l = (match & 0xffff) - 3, d = (match >> 16) - 1, n = lengthExtra(l), m = distanceExtra(d);
      const a = load<u32>(literals + (<usize>lengthSymbol(l) << 2)), b = load<u32>(distances + (<usize>distanceSymbol(d) << 2));
      bits |= <u64>(a >> 5) << count; count += <u64>(a & 31);
      bits |= <u64>(l & ((1 << n) - 1)) << count; count += <u64>n;
      bits |= <u64>(b >> 5) << count; count += <u64>(b & 31);
      bits |= <u64>(d & ((1 << m) - 1)) << count; count += <u64>m;
      store<u64>(out, bits, 0, 1);
      out += <usize>(count >> 3);
      bits >>= count & 56;
      count &= 7;
      p += l + 3;
    }
  }
  store<u32>(state, <u32>out, OUT);
  store<u64>(state, bits, BITS);
  store<u32>(state, <u32>count, COUNT);
  const end = load<u32>(literals, 1024);
  put(state, end >> 5, end & 31);
}

function stored(state: usize, size: u32, last: bool): void {
  let p = <usize>load<u32>(state, START), left = size;
  do {
    const n = min<u32>(left, 65535);
    put(state, last && n == left ? 1 : 0, 3);
    const count = load<u32>(state, COUNT);
    if (count) put(state, 0, 8 - count);
    const out = <usize>load<u32>(state, OUT);
    store<u32>(out, n | ((n ^ 0xffff) << 16), 0, 1);
    memory.copy(out + 4, p, n);
    store<u32>(state, <u32>out + 4 + n, OUT);
    p += n;
    left -= n;
  } while (left);
}
