// Byte moves shared by the PNG kernels, in vectors and in a scalar form. Slots are padded by 64 bytes, so a move may pass its end
// by less than that. Loads and stores at odd addresses state alignment 1 in all PNG kernels: processors do not need it, but the
// scalar build's translation to JavaScript, which reads typed arrays, does.

/** Copies `length` bytes from `distance` bytes back; returns the new end. Writes less than 32 bytes beyond it. */
@inline export function repeat(out: usize, distance: usize, length: usize): usize {
  const end = out + length, from = out - distance;
  if (ASC_FEATURE_SIMD) {
    let d = distance, at = from, to = out;
    if (d >= 16) {
      // Most matches are shorter than 32 bytes, so two moves are made without a check.
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
    // A short period doubles itself: once d good bytes are moved, the period is 2 d.
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
