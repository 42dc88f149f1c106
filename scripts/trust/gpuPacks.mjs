import { packedCalls } from '../../test/packs/read.mjs';
import { sent } from '../../test/packs/sent.mjs';
import { inPage } from './browser.mjs';

export const promise = 'every recorded call of the packs, and random graphs of any nodes, on WebGL2';

export const run = ({ full, seed, note }) =>
  inPage(async (ask) => {
    const calls = packedCalls();
    for (let at = 0; at < calls.length; at += 100) {
      const { wrong } = await ask('packs', { calls: sent(calls.slice(at, at + 100)) });
      for (const [call, found] of Object.entries(wrong)) note(`${call}: ${found}`);
    }
    const { ran, wrong } = await ask('anyNodes', { from: seed % 1e6, count: full ? 300 : 60 });
    for (const [graph, found] of Object.entries(wrong)) note(`graph ${graph}: ${found}`);
    return calls.length + ran;
  }).then((tried) => tried ?? 0);
