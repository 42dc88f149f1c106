// Runs passes band by band, here and, if it is worth it, on threads.
import type { Pause } from '../base/pause.js';
import type { Extent, Pass } from '../engine.js';
import { Blocks } from './blocks.js';
import { type CompiledPass, compilePass } from './compile.js';
import type { Counting } from './crew.js';
import type { WasmEngine } from './engine.js';
import { BAND, STEP, TALLY } from './track.js';

/** Pixels of a band of a one-kernel pass, once the JavaScript engine has optimised that kernel. */
const WIDE = 262144;
/** After this many pixels a kernel has been called often enough to be optimised. */
const SEEN = 2 ** 20;

export type Target = (compiled: CompiledPass, pass: Pass) => void;

export async function runPasses(
  engine: WasmEngine,
  passes: readonly Pass[],
  extent: Extent,
  target: Target,
  pause?: Pause,
  counting?: Counting,
): Promise<void> {
  const pixels = extent.height * extent.width;
  const runners: CompiledPass[] = [];
  const blocks = new Blocks(engine.arena);
  const scratch = { bytes: 0, ping: 0, pong: 0 };
  let draws = 0;
  try {
    for (const pass of passes) runners.push(await compilePass(engine, pass, scratch, pause));
    passes.forEach((pass, i) => target(runners[i], pass));
    scratch.ping = blocks.take(scratch.bytes);
    scratch.pong = blocks.take(scratch.bytes);
    const most = passes.reduce((most, pass) => Math.max(most, pass.count), 0);
    const band = (): number => bandOf(passes.length === 1 && !counting ? runners[0].alone : undefined);
    if (engine.crew) draws = await engine.crew.bands(engine, passes, runners, extent, band, scratch, counting, pause);
    if (!draws) for (let b = 0; b < most; b++) draws += await makePicture(b);
  } finally {
    for (const runner of runners) runner.end();
    blocks.end();
  }
  engine.count(passes.length, draws);

  /** Makes picture b in this thread. */
  async function makePicture(b: number): Promise<number> {
    const active = passes.flatMap((pass, i) => (b < pass.count ? [{ runner: runners[i], pass }] : []));
    const lone = active.length === 1 && !counting ? active[0].runner.alone : undefined;
    const band = bandOf(lone);
    // each band goes through all passes, so that what they read in common is in the cache
    for (let from = 0, n = 0; from < pixels; from += n) {
      n = Math.min(band, pixels - from);
      if (n > STEP) n -= n % STEP;
      for (const { runner, pass } of active) {
        runner.band(b, from, n);
        if (!counting) continue;
        const index = pass.first + b;
        engine.kernels.histogram(counting.tallies + index * TALLY, counting.at + index * pixels + from, n);
      }
      const wait = pause?.();
      if (wait) await wait;
    }
    return active.length * Math.ceil(pixels / band);
  }

  function bandOf(lone: string | undefined): number {
    const seen = lone ? (engine.seen.get(lone) ?? 0) : 0;
    if (lone) engine.seen.set(lone, seen + pixels);
    return seen < SEEN ? BAND : WIDE;
  }
}
