// The orientation in a block of EXIF, and pictures turned by it. EXIF 2.32, tag 274: 1 upright … 8 turned left.

/** 1 to 8; 1 if it is missing or makes no sense. */
export const orientationOf = (block: Uint8Array): number => oriented(tagged(block));

/** A number as an orientation. */
export const oriented = (value: number | undefined): number =>
  value !== undefined && value >= 1 && value <= 8 && Number.isInteger(value) ? value : 1;

/** Types of TIFF (6.0, section 2) that hold numbers: the bytes of one, and how it is read. */
type Reader = (view: DataView, at: number, little: boolean) => number;
const types: Record<number, [bytes: number, read: Reader]> = {
  1: [1, () => NaN], // bytes, letters and what is not defined are no number to Pillow
  2: [1, () => NaN],
  3: [2, (view, at, little) => view.getUint16(at, little)],
  4: [4, (view, at, little) => view.getUint32(at, little)],
  5: [8, (view, at, little) => view.getUint32(at, little) / view.getUint32(at + 4, little)],
  6: [1, (view, at) => view.getInt8(at)],
  7: [1, () => NaN],
  8: [2, (view, at, little) => view.getInt16(at, little)],
  9: [4, (view, at, little) => view.getInt32(at, little)],
  10: [8, (view, at, little) => view.getInt32(at, little) / view.getInt32(at + 4, little)],
  11: [4, (view, at, little) => view.getFloat32(at, little)],
  12: [8, (view, at, little) => view.getFloat64(at, little)],
  13: [4, (view, at, little) => view.getUint32(at, little)],
};

/** The value of tag 274, the first of several: undefined if missing, NaN if it is not a number. */
export function tagged(block: Uint8Array): number | undefined {
  // some writers needlessly begin with JPEG's six bytes, "Exif" and two zeros
  const exif = block[0] === 0x45 ? block.subarray(6) : block;
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  if (exif.length < 8) return undefined;
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return undefined;
  const little = order === 0x4949;
  const first = view.getUint32(4, little);
  if (first + 2 > exif.length) return undefined;
  const entries = view.getUint16(first, little);
  let found: number | undefined;
  for (let i = 0, entry = first + 2; i < entries && entry + 12 <= exif.length; i++, entry += 12) {
    if (view.getUint16(entry, little) !== 274) continue;
    const [size, read] = types[view.getUint16(entry + 2, little)] ?? [0];
    const bytes = size * view.getUint32(entry + 4, little);
    const at = bytes > 4 ? view.getUint32(entry + 8, little) : entry + 8;
    if (read && bytes && at + bytes <= exif.length) found = read(view, at, little);
  }
  return found;
}

export interface Rgba {
  data: Uint8Array;
  width: number;
  height: number;
}

/** The picture as it is meant to be seen. Whole pixels move; none changes. */
export function upright({ data, width, height }: Rgba, orientation: number): Rgba {
  if (orientation === 1) return { data, width, height };
  const swapped = orientation > 4;
  const [w, h] = swapped ? [height, width] : [width, height];
  const mirroredX = [2, 3, 7, 8].includes(orientation); // which source column and row an output pixel comes from
  const mirroredY = [3, 4, 6, 7].includes(orientation);
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const to = new Uint32Array(width * height);
  for (let y = 0, at = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [column, row] = swapped ? [y, x] : [x, y];
      const sx = mirroredX ? width - 1 - column : column;
      const sy = mirroredY ? height - 1 - row : row;
      to[at++] = from[sy * width + sx];
    }
  }
  return { data: new Uint8Array(to.buffer), width: w, height: h };
}
