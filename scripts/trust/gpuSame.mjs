import { inPage } from './browser.mjs';

export const promise = 'the same bytes in a page and in workers, on WebGL2 and WASM, every time';

export const run = ({ full, seed, note }) =>
  inPage(async (ask) => {
    const { tried, wrong } = await ask('again', { times: full ? 1000 : 200, chains: full ? 300 : 60, seed });
    for (const one of wrong) note(one);
    return tried;
  }).then((tried) => tried ?? 0);
