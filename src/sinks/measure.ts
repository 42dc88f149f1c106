// What a mask covers.

export interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The smallest rectangle around everything that is not 0; undefined where nothing is. */
export function bounds(bytes: Uint8Array, height: number, width: number): Bounds | undefined {
  let [left, right, top, bottom] = [width, -1, -1, -1];
  for (let y = 0; y < height; y++) {
    const row = bytes.subarray(y * width, (y + 1) * width);
    const first = row.findIndex(Boolean);
    if (first < 0) continue;
    if (top < 0) top = y;
    bottom = y;
    left = Math.min(left, first);
    right = Math.max(right, row.findLastIndex(Boolean));
  }
  return bottom < 0 ? undefined : { x: left, y: top, width: right - left + 1, height: bottom - top + 1 };
}

export const area = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum + (byte ? 1 : 0), 0);
