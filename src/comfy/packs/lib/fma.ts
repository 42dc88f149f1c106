// a * b + c of floats, rounded once, like the fused instruction of processors that OpenCV's vectors use.

/**
 * The product of two floats is exact in double. If the sum is inexact and lies midway between two floats, the lost
 * part decides which of them is nearer.
 */
export function fma(a: number, b: number, c: number): number {
  const product = a * b;
  const sum = product + c;
  const near = Math.fround(sum);
  const apart = sum - near;
  if (apart === 0) return near;
  const other = near + 2 * apart;
  if (Math.fround(other) !== other) return near;
  const part = sum - product;
  const lost = product - (sum - part) + (c - part);
  return lost * apart > 0 ? other : near;
}
