// chromask on WASM: the mask lives on the device, and every frame of a drag is a new recipe.
import { open } from 'chromask';
import { levels, OPACITY, TINT } from '../jobs.js';

const device = await open({ device: 'wasm' });
const tint = TINT;

async function shown({ mask, width, height, canvas }) {
  const own = device.mask(mask, [height, width]);
  const target = canvas();
  return { run: () => own.draw(target), end: () => own.dispose() };
}

export const makers = {
  V1: shown,
  V3: shown,
  async V2({ photo, width, height, canvas }) {
    const image = device.image(photo, [height, width, 4]);
    const luma = image.channel('luma');
    const target = canvas();
    return {
      run: (i) => luma.levels(levels(i)).draw(target, { tint, opacity: OPACITY, over: image }),
      end: () => image.dispose(),
    };
  },
};
