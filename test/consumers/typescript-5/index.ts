import { ChromaskError, type Device, MaskBatch, open } from 'chromask';
import { runNode } from 'chromask/comfy';
import { decode, encode } from 'chromask/png';
import { open as openWasm } from 'chromask/wasm';
import { openWorker, serve } from 'chromask/worker';
import { cases } from './cases.js';

export async function golden(): Promise<string> {
  const device: Device = await open({ device: 'wasm' });
  let right = 0;
  for (const { name, params, inputs, expected } of cases) {
    const given = inputs.map(([key, { shape, floats }]) => [key, { shape, data: Float32Array.from(floats) }] as const);
    const [mask] = await runNode(device, name, { ...params, ...Object.fromEntries(given) });
    if (!(mask instanceof MaskBatch)) throw new ChromaskError('unsupported', 'no mask');
    const data: Float32Array = await mask.data();
    if (data.length === expected.length && data.every((value, i) => value === expected[i])) right++;
  }
  const mask: MaskBatch = device
    .image(Uint8Array.of(1, 2, 3, 4, 5, 6), [1, 1, 2, 3])
    .channel('green')
    .invert();
  mask.levels({ black: 20, white: 230, gray: 1.3 }).multiply(mask);
  // @ts-expect-error there is no such channel
  const wrong = () => device.solid({ width: 1, height: 1 }).toGray().channel('purple');
  // @ts-expect-error a size is required
  const without = () => mask.crop({ x: 1, y: 1, width: 2 });
  // @ts-expect-error there is no such parameter
  const worse = () => mask.levels({ grey: 1 });
  void [wrong, worse, without, decode, encode, openWasm, openWorker, serve];
  const { rgba } = await device.load(await mask.toPng());
  const said = `${device.name} ${right} of ${cases.length}, ${[...(await rgba.bytes())]}`;
  device.close();
  return said;
}

golden().then(console.log);
