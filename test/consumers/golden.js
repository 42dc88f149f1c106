// What every consumer runs: recorded calls of the real nodes, and a mask by methods. Returns its findings as text.
import { open } from 'chromask';
import { runNode } from 'chromask/comfy';

export async function golden(cases) {
  const device = await open({ device: 'wasm' });
  let right = 0;
  for (const { name, params, inputs, expected } of cases) {
    const given = inputs.map(([key, { shape, floats }]) => [key, { shape, data: Float32Array.from(floats) }]);
    const [mask] = await runNode(device, name, { ...params, ...Object.fromEntries(given) });
    const data = await mask.data();
    if (data.length === expected.length && data.every((value, i) => value === expected[i])) right++;
  }
  const image = device.image(Uint8Array.of(1, 2, 3, 4, 5, 6), [1, 1, 2, 3]);
  const mask = image.channel('green').invert();
  const { rgba } = await device.load(await mask.toPng());
  const said = `${device.name} ${right} of ${cases.length}, ${[...(await rgba.bytes())]}`;
  device.close();
  return said;
}
