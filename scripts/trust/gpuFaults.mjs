import { inPage } from './browser.mjs';

export const promise = 'a GPU that fails at a shader, a texture or a reading: a typed error, and the device works on';

export const run = ({ note }) =>
  inPage(async (ask) => {
    const found = Object.entries(await ask('gpuFaults'));
    for (const [name, { end, afterwards, allowed }] of found) {
      if (!allowed) note(`${name}: ${end}`);
      if (afterwards !== 'right') note(`${name}, afterwards: ${afterwards}`);
    }
    return found.length;
  }).then((tried) => tried ?? 0);
