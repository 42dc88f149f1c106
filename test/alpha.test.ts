// A mask as the alpha of a picture that has alpha: transparent pixels stay transparent. Products of bytes are Pillow
// 9.4's (the old alpha pasted onto black through the mask), those of floats numpy 1.24's float32.
import { open } from 'chromask';
import { runNode } from 'chromask/comfy';
import { expect, it } from 'vitest';

const device = await open({ device: 'wasm' });

const had = [0, 255, 128, 133, 119, 128, 156, 155, 199, 203, 85, 118, 175, 221, 17, 237, 159, 23, 160, 62, 10, 143];
const put = [255, 77, 128, 44, 205, 188, 157, 79, 102, 15, 56, 114, 177, 1, 159, 96, 85, 154, 162, 75, 50, 193];
const product = [0, 77, 64, 23, 96, 94, 96, 48, 80, 12, 19, 53, 121, 1, 11, 89, 53, 14, 102, 18, 2, 108];

const floatHad = [0.5097153186798096, 0.9450384378433228, 0.10944664478302002, 0.4650931656360626];
const floatPut = [0.2989986538887024, 0.5377452373504639, 0.6656275391578674, 0.3643288016319275];
const floatProduct = [0.15240418910980225, 0.5081899166107178, 0.07285070419311523, 0.16944684088230133];

const pixels = (alpha: readonly number[]) => alpha.flatMap((a, i) => [i, 2 * i, 255 - i, a]);
const image = device.image(Uint8Array.from(pixels(had)), [2, 11, 4]);
const mask = device.mask(Uint8Array.from(put), [2, 11]);

it('an alpha is cut by the one that was there', async () => {
  expect(Array.from(await image.withAlpha(mask).bytes())).toEqual(pixels(product));
  const floats = device.image(Float32Array.from(floatHad.flatMap((a) => [0, 1, 0.25, a])), [1, 4, 4]);
  const cut = floats.withAlpha(device.mask(Float32Array.from(floatPut), [1, 4])).channel('alpha');
  expect(Array.from(await cut.data())).toEqual(floatProduct);
});

it('replace: true gives the mask itself', async () => {
  expect(Array.from(await image.withAlpha(mask, { replace: true }).bytes())).toEqual(pixels(put));
});

it('a batch is cut picture by picture, by one mask or by as many', async () => {
  const two = device.image(Uint8Array.from([...pixels(had), ...pixels(put)]), [2, 2, 11, 4]);
  const both = pixels(product).concat(pixels(product));
  const other = device.mask(Uint8Array.from([...put, ...had]), [2, 2, 11]);
  expect(Array.from(await two.withAlpha(other).bytes())).toEqual(both);
  expect(Array.from(await image.withAlpha(other).channel('alpha').at(0).bytes())).toEqual(product);
});

it('a picture without alpha has the mask as its alpha', async () => {
  const rgb = device.image(Uint8Array.from([1, 2, 3]), [1, 1, 3]);
  expect(Array.from(await rgb.withAlpha(device.mask(Uint8Array.of(9), [1, 1])).bytes())).toEqual([1, 2, 3, 9]);
});

it('a recipe asks for the same again', async () => {
  for (const replace of [true, false]) {
    const made = image.withAlpha(mask, { replace });
    const again = await device.run(made.recipe({ inputs: { image, mask } }), { image, mask });
    expect(await again.bytes()).toEqual(await made.bytes());
  }
});

it('the node JoinImageWithAlpha keeps its own rule', async () => {
  const [joined] = (await runNode(device, 'JoinImageWithAlpha', { image, alpha: mask })) as [typeof image];
  expect(Array.from(await joined.channel('alpha').data())).toEqual(
    put.map((v) => Math.fround(1 - Math.fround(v / 255))),
  );
});
