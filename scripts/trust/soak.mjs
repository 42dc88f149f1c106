import { open } from '../../dist/chromask.js';
import { chain, picture, random } from './random.mjs';

export const promise = 'loading, working and reading again and again takes no more memory, disposed or forgotten';

export async function run({ full, seed, note }) {
  const r = random(seed);
  const turns = full ? 10000 : 1500;
  let tried = 0;
  for (const disposed of [true, false]) {
    const device = await open({ device: 'wasm', limits: { cache: 2 ** 20 } });
    const round = async () => {
      const image = picture(device, r);
      const png = await image.at(0).toPng();
      const { rgba } = await device.load(png);
      const masks = [chain(image, r), chain(rgba, r)];
      for (const mask of masks) await mask[r.pick(['data', 'bytes', 'histogram', 'bounds'])]();
      if (disposed) for (const one of [image, rgba, ...masks]) one.dispose();
      tried++;
    };
    for (let i = 0; i < turns / 5; i++) await round();
    await settled();
    const before = { ...device.stats(), rss: process.memoryUsage().rss };
    for (let i = 0; i < turns; i++) {
      await round();
      if (i % 200 === 199) await settled();
    }
    await settled();
    const after = { ...device.stats(), rss: process.memoryUsage().rss };
    const grown = (after.rss - before.rss) / 2 ** 20;
    console.log(
      `soak, ${disposed ? 'disposed' : 'forgotten'}: pages ${before.pages} -> ${after.pages}, slots ${before.slots} -> ${after.slots}, RSS ${grown.toFixed(0)} MB more`,
    );
    if (disposed && after.pages > before.pages) note(`pages grew from ${before.pages} to ${after.pages}`);
    if (after.pages > before.pages + 64) note(`forgotten: pages grew from ${before.pages} to ${after.pages}`);
    if (after.heldBytes > 2 ** 21) note(`${after.heldBytes} bytes are held at the end`);
    if (grown > 100) note(`RSS grew by ${grown.toFixed(0)} MB`);
    device.close();
  }
  return tried;
}

/** Collect, and let the registry hear of it. */
async function settled() {
  for (let i = 0; i < 3; i++) {
    global.gc();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
