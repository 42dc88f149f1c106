// The orientation in a block of EXIF, and pictures turned by it. EXIF 2.32, tag 274: 1 upright … 8 turned left.

/** 1 to 8; 1 where there is none, or none that makes sense. */
export function orientationOf(block: Uint8Array): number {
  // some writers put JPEG's six letters, "Exif" and two zeros, in front where there is no need of them
  const exif = block[0] === 0x45 ? block.subarray(6) : block;
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength);
  if (exif.length < 8) return 1;
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return 1;
  const little = order === 0x4949;
  const first = view.getUint32(4, little);
  if (first + 2 > exif.length) return 1;
  const entries = view.getUint16(first, little);
  for (let i = 0, entry = first + 2; i < entries && entry + 12 <= exif.length; i++, entry += 12) {
    if (view.getUint16(entry, little) !== 274) continue;
    const value = view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
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
