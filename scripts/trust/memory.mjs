import { open } from '../../dist/chromask.js';
import { chain, picture, random, same } from './random.mjs';

export const promise =
  'memory that does not grow, anywhere: a typed error or the right result, and the device works on';

export async function run({ full, times = full ? 1000 : 150, seed, note, opened = () => open({ device: 'wasm' }) }) {
  const { grow } = WebAssembly.Memory.prototype;
  let tried = 0;
  for (let i = 0; i < times; i++) {
    const one = seed + i + 1;
    const device = await open({ device: 'wasm' });
    const expected = await chain(picture(device, random(one), 120), random(one), 8).bytes();
    device.close();
    const poor = await opened();
    let left = i % 6;
    WebAssembly.Memory.prototype.grow = function (pages) {
      if (left-- <= 0) throw new RangeError('WebAssembly.Memory.grow(): Unable to grow instance memory');
      return grow.call(this, pages);
    };
    const end = await (async () => chain(picture(poor, random(one), 120), random(one), 8).bytes())().catch(
      (error) => error,
    );
    WebAssembly.Memory.prototype.grow = grow;
    tried++;
    if (end instanceof Error) {
      if (end.name !== 'ChromaskError' || end.code !== 'out-of-memory') note(`chain ${one}: ${end.stack}`);
      global.gc?.();
    } else if (!same(end, expected)) note(`chain ${one} differs`);
    const again = await chain(picture(poor, random(one), 120), random(one), 8).bytes();
    if (!same(again, expected)) note(`chain ${one} differs afterwards`);
    poor.close();
  }
  return tried;
}
