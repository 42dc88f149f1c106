// Several threads under stress, a sample of `npm run trust -- --only threadsSlowed,threadsKilled,threadsMemory,threadsTogether`.
import { expect, it } from 'vitest';
// @ts-expect-error a script without types
import * as killed from '../../scripts/trust/threadsKilled.mjs';
// @ts-expect-error a script without types
import * as memory from '../../scripts/trust/threadsMemory.mjs';
// @ts-expect-error a script without types
import * as slowed from '../../scripts/trust/threadsSlowed.mjs';
// @ts-expect-error a script without types
import * as together from '../../scripts/trust/threadsTogether.mjs';

it.each([
  ['slowed at random', slowed, { runs: 15 }],
  ['killed in the middle of work', killed, { devices: 2 }],
  ['whose memory does not grow', memory, { times: 5 }],
  ['with 64 chains at once', together, { rounds: 1 }],
])(
  'threads %s give the right bytes or a typed error',
  async (_, { run }, size) => {
    const found: string[] = [];
    const tried = await run({ ...size, seed: Date.now() % 2 ** 31, note: (message: string) => found.push(message) });
    expect(found).toEqual([]);
    expect(tried).toBeGreaterThan(0);
  },
  60_000,
);
