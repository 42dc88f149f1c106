// A page of Chromium on a software GPU with the checks of test/gpu/page in it, where there is a Chromium.
import { browsers } from '../browsers.mjs';

/** What `use` gives of the page; undefined, and said so, where there is no browser. */
export async function inPage(use) {
  const { bundle, kinds, start } = await browsers();
  const [kind] = kinds;
  if (!kind.path) return void console.log('there is no Chromium: nothing was tried');
  const args = [...kind.args, '--js-flags=--expose-gc'];
  const session = await start({ ...kind, args, patience: 4 * 3_600_000 }, await bundle());
  try {
    return await use(session.run);
  } finally {
    await session.close();
  }
}
