// Indices for places beyond the ends of a line.

/** d c b a | a b c d | d c b a: mirrored, with the end repeated. */
export function mirrored(i: number, length: number): number {
  const period = 2 * length;
  const place = ((i % period) + period) % period;
  return place < length ? place : period - 1 - place;
}

/** d c b | a b c d | c b a: mirrored without repeating the end, as many times as needed. */
export function reflected(i: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * length - 2;
  const place = ((i % period) + period) % period;
  return place < length ? place : period - place;
}
