import { inPage } from './browser.mjs';

export const promise = 'the context lost after every call of a chain, given back or not: the same bytes again';

export const run = ({ full, note }) =>
  inPage(async (ask) => {
    let tried = 0;
    for (const back of [true, false]) {
      const { points, wrong, misled } = await ask('losses', { back, full });
      tried += points;
      for (const one of [...wrong, ...misled]) note(one);
    }
    return tried;
  }).then((tried) => tried ?? 0);
