// The packs' nodes on the GPU: recorded calls, and random graphs of all nodes compared with WASM.
import { drawn, written } from '../../comfy/everyNode.js';
import type { Call } from '../../packs/read.mjs';
import { repeat } from '../../packs/repeat.mjs';
import { received } from '../../packs/sent.mjs';
import { built } from './tools.js';
import { type Comfy, open } from './whole.js';

/** What is wrong with each of these calls, of those with which something is. */
export async function packs({ calls }: { calls: unknown }): Promise<{ device: string; wrong: Record<string, string> }> {
  const device = await open('webgl2');
  const { core, runNode } = await built<Comfy>('/dist/comfy.js');
  const wrong: Record<string, string> = {};
  for (const call of received(calls) as Call[]) {
    if (!(await core.has(call.node))) continue;
    const found = await repeat(runNode as never, device, call);
    if (found) wrong[`${call.node} ${call.id} ${JSON.stringify(call.params)}`] = found.slice(0, 300);
  }
  const { name } = device;
  device.close();
  return { device: name, wrong };
}

/** Seeds of graphs that are not the same on both devices, and how many nodes ran. */
export async function anyNodes({ from, count }: { from: number; count: number }): Promise<{
  ran: number;
  wrong: Record<string, string>;
}> {
  const { nodes, runNode } = await built<Comfy>('/dist/comfy.js');
  const [gpu, wasm] = [await open('webgl2'), await open('wasm')];
  const table = await nodes();
  const wrong: Record<string, string> = {};
  let ran = 0;
  for (let seed = from; seed < from + count; seed++) {
    const [here, there] = [
      await drawn(seed, 14, table, gpu, runNode as never),
      await drawn(seed, 14, table, wasm, runNode as never),
    ];
    for (const [id, { type }] of Object.entries({ ...there.sketch, ...here.sketch })) {
      ran++;
      const both = [here, there].map(({ expected }) => written(expected.get(id)));
      const [a, b] = (await Promise.all(both)).map((one) => JSON.stringify(one));
      if (a !== b) {
        wrong[seed] = `node ${id} (${type}) ${JSON.stringify(there.sketch[id]?.in).slice(0, 200)}`;
        break;
      }
    }
  }
  gpu.close();
  wasm.close();
  return { ran, wrong };
}
