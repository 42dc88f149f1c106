// Keeps the pixels that are not black and connected to a given pixel. Everything else becomes black.
import { Frame, numbers } from "../lib/frame";
import { AboveBytes } from "../lib/above";
import { paint } from "./lib/paint";
import { ACT, Across, COUNT, FIND, JOIN, bandUnits, bandsOf } from "./lib/bands";
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
    for (let left: i32 = PIXELS; left > 0 && runs.row < f.height; left -= width) row(dst, f, seed, runs);
    runs.taken(f.height);
  } else if (runs.stage == 1) runs.settling();
  else {
    const place = seed.y * width + seed.x, root = rootAt(runs.first(), runs.top, place), stop = runs.stop();
    clear(dst, runs.at, stop, root);
    return runs.passed(stop);
  }
  return 1;
}

export function floodBandsUnits(block: usize, phase: u32): u32 { return bandUnits(block, phase, ACT); }

export function floodBands(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), seed = changetype<Seed>(numbers(block)), bands = bandsOf(f);
  const phase = bands.phaseOf(f.from), band = bands.band(f.from, phase), runs = bands.runs(band);
  if (phase == COUNT) bands.needed<AboveBytes>(band, f.first(f.picture), f, 0, 0, <u32>RUN);
  else if (phase == FIND) {
    runs.open(bands.from(band));
    while (runs.row < bands.to(band, f.height)) row(dst, f, seed, runs);
    runs.next(1);
    runs.settle(runs.many());
  } else if (phase == JOIN) {
    if (!bands.join<Across>(f.width, seed.connectivity, 0)) return f.from;
    const own = bands.runs(seed.y / bands.rows), root = rootAt(own.first(), own.top, seed.y * f.width + seed.x);
    bands.best = root ? parent(root) : 0;
  } else clear(dst, runs.first(), runs.top, bands.best);
  return f.from + 1;
}

@inline function row(dst: usize, f: Frame, seed: Seed, runs: Runs): void {
  const at = <usize>runs.row * f.width, src = f.first(f.picture) + at;
  memory.copy(dst + at, src, f.width);
  runs.push<AboveBytes>(src, f.width, 0, 0, seed.connectivity);
}

@inline function clear(dst: usize, from: usize, stop: usize, root: usize): void {
  for (let run = from; run < stop; run += RUN) if (parent(parent(run)) != root) paint(dst, begin(run), end(run), 1, 0);
}

/** The root of the run that contains a pixel, or 0 if the pixel is black. Runs are in reading order. */
function rootAt(low: usize, high: usize, place: u32): usize {
  while (low < high) {
    const run = low + (high - low) / RUN / 2 * RUN;
    if (place < begin(run)) high = run;
    else if (place >= end(run)) low = run + RUN;
    else return parent(run);
  }
  return 0;
}
