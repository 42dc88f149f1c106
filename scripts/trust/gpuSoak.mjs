import { inPage } from './browser.mjs';
import { resident } from './resident.mjs';

export const promise = 'the same on WebGL2: GL objects are back to what they were, disposed or forgotten';

export const run = ({ full, seed, note }) =>
  inPage(async (ask) => {
    const rounds = full ? 5000 : 25;
    for (const disposed of [true, false]) {
      await ask('soak', { rounds: 1, disposed, seed });
      const start = resident();
      const { before, after, most, closed, collects } = await ask('soak', { rounds, disposed, seed });
      const grown = (resident() - start) / 2 ** 20;
      console.log(
        `soak of WebGL2, ${disposed ? 'disposed' : 'forgotten'}: GL objects ${before.live} -> ${after.live}, of which ${before.programs} -> ${after.programs} programs, ${closed} when closed, ${(most / 2 ** 20).toFixed(1)} MB held at most, the browser's processes ${grown.toFixed()} MB more`,
      );
      if (!collects) note('the browser gives no way to collect garbage');
      if (after.live !== before.live) note(`GL objects were ${before.live} and are ${after.live}`);
      if (after.slots > before.slots) note(`slots grew from ${before.slots} to ${after.slots}`);
      if (most > 2 ** 25) note(`${most} bytes were held`);
      if (closed) note(`${closed} GL objects are left when the device is closed`);
      if (grown > 100) note(`the browser's processes grew by ${grown.toFixed()} MB`);
    }
    return 2 * rounds;
  }).then((tried) => tried ?? 0);
