// Random graphs over all nodes give the same results node by node, in the API format and in the front end's saved
// format.
import { open } from 'chromask';
import { nodes as all, runNode, runWorkflow } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';
import { drawn, written } from './everyNode.js';
import { toSaved } from './graphs.js';
import { picture } from './random.js';
import { toApi } from './sketch.js';

const device = await open({ device: 'wasm' });
const table = await all();
/** `npm run trust` draws 300. */
const GRAPHS = Number(process.env.GRAPHS ?? 24);
const used = new Set<string>();

describe(`${GRAPHS} random graphs of any nodes`, () => {
  for (let part = 0; part < 6; part++) {
    it(`give what their nodes give alone, in both formats: part ${part}`, async () => {
      for (let seed = part; seed < GRAPHS; seed += 6) {
        const { sketch, expected } = await drawn(seed, 14, table, device, runNode as never);
        const files = { 'p.png': picture(device) };
        const only = [...expected.keys()];
        for (const { type } of Object.values(sketch)) used.add(type);
        for (const graph of [toApi(sketch), toSaved(sketch)]) {
          const { values } = await runWorkflow(device, graph, { files, only });
          for (const [id, outputs] of expected) {
            expect(await written(values[id]), `seed ${seed}, node ${id} (${sketch[id].type})`).toEqual(
              await written(outputs),
            );
          }
        }
      }
    });
  }

  it('are of most nodes', () => {
    expect(used.size).toBeGreaterThan(Math.min(GRAPHS * 3, Object.keys(table).length * 0.6));
  });
});
