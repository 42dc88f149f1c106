// With a signal no public call blocks the thread for long or goes on long after the signal: every row of the tables and every method of
// the classes, on pictures so large that a call that did not pause would block for a second or more. The margins are wide, because
// other programs run too: what is promised is 100 and 200 ms, and `npm run trust -- --only pauses` measures it.
import * as library from 'chromask';
import { runNode, runWorkflow } from 'chromask/comfy';
import { decode, encode, encodeApng } from 'chromask/png';
import { afterAll, expect, it } from 'vitest';
// @ts-expect-error a script without types
import { calls, measured } from '../scripts/trust/calls.mjs';
import { measures } from '../src/ops/measures.js';
import { canvases } from './canvases.js';

const restore = canvases();
afterAll(restore);

type Call = [string, (signal: AbortSignal) => Promise<unknown>];
const MOST = 400;

it('every call pauses for its signal, and ends soon after it', async () => {
  const device = await library.open({ device: 'wasm' });
  const size = { width: 3840, height: 2160 };
  const all: Call[] = await calls(
    { ...library, encode, encodeApng, decode, runNode, runWorkflow, measures },
    device,
    size,
  );
  expect(all.length).toBeGreaterThan(200);
  const found: string[] = [];
  for (const [name, call] of all) {
    const { longest, late = 0, error } = await measured(call, 20);
    if (longest > MOST || late > MOST) found.push(`${name}: blocked ${longest} ms, ended ${late} ms late`);
    if (error && error.name !== 'AbortError') found.push(`${name}: ${error}`);
  }
  expect(found).toEqual([]);
  expect(device.stats().slots).toBeLessThan(20);
  device.close();
}, 600_000);
