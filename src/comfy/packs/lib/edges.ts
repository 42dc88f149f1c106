// Where what is beyond the ends of a line comes from.

/** d c b a | a b c d | d c b a: mirrored, the ends included. */
export function mirrored(i: number, length: number): number {
  const period = 2 * length;
  const place = ((i % period) + period) % period;
  return place < length ? place : period - 1 - place;
}

/** d c b | a b c d | c b a, as often as it takes. */
export function reflected(i: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * length - 2;
  const place = ((i % period) + period) % period;
  return place < length ? place : period - place;
}
