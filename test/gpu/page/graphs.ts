// Random graphs of mask nodes, by the runner and by methods, on the GPU and on WASM.
import { picture, random } from '../../comfy/random.js';
import { numbers, toApi } from '../../comfy/sketch.js';
import { built, differing } from './tools.js';
import { type Comfy, open } from './whole.js';

/** Seeds whose masks differ anywhere, and how many masks were compared. */
export async function graphs({ from, count }: { from: number; count: number }): Promise<{
  names: string[];
  compared: number;
  wrong: Record<string, string>;
}> {
  const { runWorkflow } = await built<Comfy>('/dist/comfy.js');
  const devices = [await open('webgl2'), await open('wasm')];
  const wrong: Record<string, string> = {};
  let compared = 0;
  for (let seed = from; seed < from + count; seed++) {
    const all: Record<string, Float32Array[]>[] = [];
    for (const device of devices) {
      const { sketch, expected } = random(seed, picture(device), device);
      const only = [...expected.keys()];
      all.push(await numbers(await runWorkflow(device, toApi(sketch), { files: { 'p.png': picture(device) }, only })));
      const methods: Record<string, Float32Array[]> = {};
      for (const [id, mask] of expected) methods[id] = [await mask.data()];
      all.push(methods);
    }
    // what a run gives has the picture too
    for (const id of Object.keys(all[1])) {
      compared++;
      if (all.some((one) => differing(one[id][0], all[0][id][0]))) wrong[seed] = `node ${id}`;
    }
  }
  const names = devices.map((device) => device.name);
  for (const device of devices) device.close();
  return { names, compared, wrong };
}
