// COCO's run-length encoding: columns from the left, runs of 0 and 1 in turn beginning with 0.

export interface CocoRle {
  /** [height, width] */
  size: [number, number];
  /** Run lengths, or the string that pycocotools packs them into. */
  counts: number[] | string;
}

export interface CocoOptions {
  /** What is above it is inside; 0..1, default 0.5. */
  threshold?: number | undefined;
  /** As pycocotools packs it (default), or as numbers. */
  compressed?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

export function runs(bytes: Uint8Array, height: number, width: number): number[] {
  const counts: number[] = [];
  let run = 0;
  let value = false;
  for (let x = 0; x < width; x++) {
    for (let y = 0, at = x; y < height; y++, at += width) {
      if ((bytes[at] !== 0) !== value) {
        counts.push(run);
        run = 0;
        value = !value;
      }
      run++;
    }
  }
  counts.push(run);
  return counts;
}

/** Each run less the one two before it (from the fourth on), in 5-bit groups from the low end, printable from '0'. */
export function packed(counts: readonly number[]): string {
  let text = '';
  counts.forEach((count, i) => {
    let left = i > 2 ? count - counts[i - 2] : count;
    for (let more = true; more; ) {
      let group = left & 31;
      left >>= 5;
      more = group & 16 ? left !== -1 : left !== 0;
      if (more) group |= 32;
      text += String.fromCharCode(group + 48);
    }
  });
  return text;
}
