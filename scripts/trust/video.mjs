// A camera for a minute: frames are shown or overtaken, every one is closed, and neither the device nor the browser
// grows.
import { inPlayground } from './browser.mjs';
import { resident } from './resident.mjs';

export const promise = 'masks of a camera for a minute: every frame is closed, and nothing grows';

/** Seconds, and the first of them, in which code is compiled and caches fill: the page grows once by 106 MB after 15 to 30 of them. */
const [SMALL, FULL, BEGIN] = [90, 600, 30];

const flags = ['--use-fake-device-for-media-stream=fps=30', '--use-fake-ui-for-media-stream', '--js-flags=--expose-gc'];

export const run = ({ full, note }) =>
  inPlayground(flags, async (page, url) => {
    await page.goto(`${url}/video/index.html`);
    await page.click('#camera');
    const at = async (seconds) => {
      await new Promise((next) => setTimeout(next, seconds * 1000));
      await page.evaluate('gc()');
      const found = await page.evaluate('({ ...document.body.dataset })');
      const numbers = Object.fromEntries(Object.entries(found).map(([name, value]) => [name, Number(value)]));
      return { ...numbers, heap: (await page.metrics()).JSHeapUsedSize, resident: resident() };
    };
    const first = await at(BEGIN);
    const seconds = (full ? FULL : SMALL) - BEGIN;
    const last = await at(seconds);
    const mega = (bytes) => (bytes / 2 ** 20).toFixed(1);
    const shown = last.shown - first.shown;
    console.log(
      `video: ${shown} of ${last.frames - first.frames} frames in ${seconds} s, ${last.dropped - first.dropped} overtaken; ` +
        `${mega(first.held)} -> ${mega(last.held)} MB held, ${first.slots} -> ${last.slots} slots, heap ${mega(first.heap)} -> ${mega(last.heap)} MB, ` +
        `the browser's processes ${mega(last.resident - first.resident)} MB more`,
    );
    if (!(shown > seconds)) note(`only ${shown} frames were shown in ${seconds} s`);
    if (last.open > 2) note(`${last.open} frames are open`);
    if (last.slots > first.slots + 3) note(`slots grew from ${first.slots} to ${last.slots}`);
    if (last.held > first.held + 2 ** 23) note(`${first.held} bytes were held, and now ${last.held}`);
    if (last.heap > first.heap + 2 ** 23) note(`the heap grew from ${first.heap} to ${last.heap}`);
    if (last.resident > first.resident + 50 * 2 ** 20) note('the processes of the browser grew by more than 50 MB');
    return last.frames;
  }).then((tried) => tried ?? 0);
