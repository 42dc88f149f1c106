// What hangs together with one pixel, as far as pixels are not black; all else becomes black.
import { Frame, numbers } from "../lib/frame";
import { AboveBytes } from "../lib/above";
import { paint } from "./lib/paint";
import { PIXELS, RUN, Runs, begin, end, parent, runRoom } from "./lib/runs";

@unmanaged
class Seed { x: u32; y: u32; connectivity: u32; }

export function floodRoom(block: usize): u32 {
  const f = changetype<Frame>(block);
  return runRoom<AboveBytes>(f.a, f.aWidth, f.aHeight, f.aBatch, 0, 0, <u32>RUN);
}

export function flood(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), seed = changetype<Seed>(numbers(block)), runs = changetype<Runs>(scratch), width = f.width;
  if (!f.from) runs.open();
  if (runs.stage == 0) {
    const src = f.first(f.picture);
    for (let left: i32 = PIXELS; left > 0 && runs.row < f.height; left -= width) {
      const at = <usize>runs.row * width;
      memory.copy(dst + at, src + at, width);
      runs.push<AboveBytes>(src + at, width, 0, 0, seed.connectivity);
    }
    runs.taken(f.height);
  } else if (runs.stage == 1) runs.settling();
  else {
    const place = seed.y * width + seed.x, root = rootAt(runs.first(), runs.top, place), stop = runs.stop();
    for (let run = runs.at; run < stop; run += RUN) if (parent(run) != root) paint(dst, begin(run), end(run), 1, 0);
    return runs.passed(stop);
  }
  return 1;
}

/** The root of the run that has a pixel; 0 where it is black. Runs lie in reading order. */
function rootAt(low: usize, high: usize, place: u32): usize {
  while (low < high) {
    const run = low + (high - low) / RUN / 2 * RUN;
    if (place < begin(run)) high = run;
    else if (place >= end(run)) low = run + RUN;
    else return parent(run);
  }
  return 0;
}
