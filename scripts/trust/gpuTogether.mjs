import { inPage } from './browser.mjs';

export const promise = 'the same on WebGL2: 64 chains at once, on one device and on 8, are those of one after another';

export const run = ({ full, seed, note }) =>
  inPage(async (ask) => {
    let tried = 0;
    for (let round = 0; round < (full ? 10 : 1); round++) {
      const found = await ask('together', { from: seed + round * 64, count: 64, devices: 8 });
      tried += found.tried;
      for (const wrong of found.wrong) note(wrong);
    }
    return tried;
  }).then((tried) => tried ?? 0);
