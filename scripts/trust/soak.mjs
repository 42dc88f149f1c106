import { createHook } from 'node:async_hooks';
import * as library from '../../dist/chromask.js';
import { every } from './every.mjs';
import { picture, random } from './random.mjs';
import { resident } from './resident.mjs';

export const promise =
  'loading, every operation and every way to read, again and again, take no more memory, disposed or forgotten';

const ways = ['data', 'bytes', 'histogram', 'bounds', 'area', 'toNpy'];
const ofOne = ['toTensor', 'toPng', 'toCocoRle'];
const seen = (numbers) => numbers.length;

export async function run({
  full,
  turns = full ? 5000 : 150,
  seed,
  note,
  spare = 0,
  opened = (options) => library.open({ device: 'wasm', ...options }),
}) {
  const r = random(seed);
  let tried = 0;
  for (const disposed of [true, false]) {
    const device = await opened({ limits: { cache: 2 ** 20 } });
    const round = async () => {
      const image = picture(device, r, 24);
      const { rgba } = await device.load(await image.at(0).toPng());
      const made = await every(library, device, r.pick([image, rgba]), r);
      for (const [name, batch] of made) {
        const mask = batch.shape.length === 3;
        const way = r.pick([
          ...(mask ? ways : ways.slice(0, 2)),
          ...(mask && batch.shape[0] === 1 ? ofOne : []),
          'withBytes',
          'withData',
        ]);
        await (way.startsWith('with') ? batch[way](seen) : batch[way]()).catch((error) => {
          note(`${name}, ${way}: ${error.message}`);
        });
      }
      if (disposed) for (const one of [image, rgba, ...made.map(([, batch]) => batch)]) one.dispose();
      tried++;
    };
    for (let i = 0; i < 150; i++) await round();
    await settled();
    const before = { ...device.stats(), resident: resident() };
    for (let i = 0; i < turns; i++) {
      await round();
      if (i % 50 === 49) await settled();
    }
    await settled();
    const after = { ...device.stats(), resident: resident() };
    const pending = await left(async () => {
      for (let i = 0; i < 20; i++) await round();
      await settled();
    });
    const grown = (after.resident - before.resident) / 2 ** 20;
    console.log(
      `soak, ${disposed ? 'disposed' : 'forgotten'}: pages ${before.pages} -> ${after.pages}, slots ${before.slots} -> ${after.slots}, ${grown.toFixed(0)} MB more, ${pending} promises of 20 rounds left`,
    );
    if (disposed && after.pages > before.pages + spare) note(`pages grew from ${before.pages} to ${after.pages}`);
    if (after.pages > before.pages + 64) note(`forgotten: pages grew from ${before.pages} to ${after.pages}`);
    if (after.heldBytes > 2 ** 21) note(`${after.heldBytes} bytes are held at the end`);
    if (grown > 100) note(`memory grew by ${grown.toFixed(0)} MB`);
    if (pending > 100) note(`${pending} promises are left`);
    device.close();
  }
  return tried;
}

/** Collects garbage and lets the finalization registry run. */
async function settled() {
  for (let i = 0; i < 3; i++) {
    global.gc();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** How many promises of some work still exist when it is done and all unreferenced objects are collected. */
async function left(work) {
  const promises = new Set();
  const hook = createHook({
    init: (id, type) => void (type === 'PROMISE' && promises.add(id)),
    destroy: (id) => void promises.delete(id),
  }).enable();
  await work();
  hook.disable();
  return promises.size;
}
