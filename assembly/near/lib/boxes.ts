// Extended boxes along the rows, `times` times, then as often along the columns, rounded to bytes in between. The row's table
// holds the box and `times`.
import { Frame } from "../../lib/frame";
import { BYTES } from "../../lib/lanes";
import { BESIDE, enterColumns, enterRows, leaveColumns, leaveRows } from "../../lib/tile";
import { Box, box, ends, extend } from "./box";

@unmanaged
class Boxes extends Box { times: u32; }

export function boxes(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), b = changetype<Boxes>(<usize>f.data), row = f.width * f.size, src = f.first(f.picture);
  const across = boxesUnits(block, 0), units = boxesUnits(block, 1);
  // a slice of some milliseconds: a tile is one vector of rows or several of columns
  const to = min(f.from + max<u32>(1572864 / (BYTES * max(row, BESIDE * f.height)), 1), f.end(units));
  for (let unit = f.from; unit < to; unit++) {
    if (unit < across) {
      const y = unit * BYTES, rows = min(BYTES, f.height - y);
      const margin = ends(b.r) * f.size * BYTES, a = scratch + margin, other = a + row * BYTES + 2 * margin;
      enterRows(a, src + y * row, row, rows, row);
      leaveRows(dst + y * row, row, rows, row, passes(a, other, f.width, f.size, b));
    } else {
      const x = (unit - across) * BESIDE * BYTES, n = min(BESIDE * BYTES, row - x);
      const margin = ends(b.r) * BYTES, apart = f.height * BYTES + 2 * margin, a = scratch + margin, other = a + BESIDE * apart;
      enterColumns(a, apart, dst + x, row, f.height, n);
      let last: usize = a;
      for (let i: u32 = 0; i * BYTES < n; i++) last = passes(a + i * apart, other + i * apart, f.height, 1, b) - i * apart;
      leaveColumns(dst + x, row, f.height, n, last, apart);
    }
  }
  return to < units ? to : 0;
}

/** First the tiles of rows, then those of columns. */
export function boxesUnits(block: usize, phase: u32): u32 {
  const f = changetype<Frame>(block), across = (f.height + BYTES - 1) / BYTES;
  return phase == 0 ? across : phase == 1 ? across + (f.width * f.size + BESIDE * BYTES - 1) / (BESIDE * BYTES) : 0;
}

export function boxesRoom(block: usize): u32 {
  const f = changetype<Frame>(block), r: f64 = ends(changetype<Box>(<usize>f.data).r);
  const across = (<f64>f.width + 2 * r) * f.size, down = (<f64>f.height + 2 * r) * BESIDE;
  return <u32>min<f64>(2 * BYTES * max(across, down), 4294967295);
}

/** Runs the passes back and forth between two tiles. Returns the tile that holds the last one. */
function passes(from: usize, to: usize, n: u32, channels: u32, b: Boxes): usize {
  for (let i: u32 = 0; i < b.times; i++) {
    extend(from, n, channels, b.r);
    for (let c: u32 = 0; c < channels; c++) box(to + c * BYTES, from + c * BYTES, n, channels * BYTES, b);
    const last = to;
    to = from;
    from = last;
  }
  return from;
}
