// What `FULL=1` adds to the share of each test run: chains, graphs and recorded calls in every browser.
import { packedCalls } from '../../test/packs/read.mjs';
import { sent, smallest } from '../../test/packs/sent.mjs';
import { browsers } from '../browsers.mjs';

export const promise = 'random chains and graphs, and a call of each node, in every browser: WebGL2 as WASM';

/** Seeds between two signs of life from a browser. */
const PART = 100;

export async function run({ full, seed, note }) {
  const { bundle, kinds, start } = await browsers();
  const script = await bundle();
  const calls = smallest(packedCalls());
  let tried = 0;
  for (const [place, kind] of kinds.entries()) {
    if (!kind.path) {
      console.log(`${kind.name} is not installed: nothing was tried there`);
      continue;
    }
    const session = await start({ ...kind, patience: 3_600_000 }, script);
    const told = (what, wrong) => {
      for (const [name, found] of Object.entries(wrong)) note(`${kind.name}, ${what} ${name}: ${found}`);
    };
    try {
      // each browser has its own seeds
      const from = (seed % 1e6) + place * 1e6;
      const count = full ? 2000 : 500;
      for (let at = 0; at < count; at += PART) {
        const seeds = { from: from + at, count: PART };
        told('chain', (await session.run('chains', seeds)).wrong);
        told('graph', (await session.run('graphs', seeds)).wrong);
      }
      told('call', (await session.run('packs', { calls: sent(calls) })).wrong);
      const { before, after, closed } = await session.run('leaks', { times: 2000 });
      if (after !== before || closed)
        note(`${kind.name}: GL objects were ${before}, are ${after}, ${closed} when closed`);
      tried += 2 * count + calls.length + 2000;
    } finally {
      await session.close();
    }
  }
  return tried;
}
