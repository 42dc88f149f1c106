// Byte moves shared by the PNG kernels, once in vectors and once for engines and builds without them.
// Slots are padded by 64 bytes, so a move may pass its end by less than that.
// Loads and stores at odd addresses say so (alignment 1) in all PNG kernels: processors do not care, but the translation of
// the scalar build to JavaScript reads typed arrays, which do.

/** Repeats what lies `distance` bytes back, for `length` bytes; returns the new end. Writes less than 32 bytes beyond it. */
@inline export function repeat(out: usize, distance: usize, length: usize): usize {
  const end = out + length, from = out - distance;
  if (ASC_FEATURE_SIMD) {
    let d = distance, at = from, to = out;
    if (d >= 16) {
      // Most matches are shorter than 32 bytes: two moves without asking how many it takes.
      v128.store(to, v128.load(at));
      v128.store(to, v128.load(at, 16), 16);
      if (length > 32) {
        do {
          to += 32; at += 32;
          v128.store(to, v128.load(at));
          v128.store(to, v128.load(at, 16), 16);
        } while (to + 32 < end);
      }
      return end;
    }
    // A short period doubles itself: after one move of d good bytes the period 2d is there to be moved.
    while (d < 16) {
      v128.store(to, v128.load(from));
      to += d;
      d <<= 1;
      if (to >= end) return end;
    }
    at = to - d;
    do {
      v128.store(to, v128.load(at));
      to += 16; at += 16;
    } while (to < end);
  } else {
    let at = from;
    if (distance >= 8) {
      do { store<u64>(out, load<u64>(at, 0, 1), 0, 1); out += 8; at += 8; } while (out < end);
    } else {
      do { store<u8>(out, load<u8>(at)); out++; at++; } while (out < end);
    }
  }
  return end;
}
