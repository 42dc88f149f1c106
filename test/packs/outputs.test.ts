// Mask previews of packs other than the core: one channel three times, written to a PNG as 255 * v, truncated to a
// byte.
import { open } from 'chromask';
import { runNode, runWorkflow } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';
import { toSaved } from '../comfy/graphs.js';
import { type Sketch, toApi } from '../comfy/sketch.js';

const device = await open({ device: 'wasm' });
const mask = device.mask(Float32Array.of(0, 0.5, 1, 1.5, -1, 0.999), [2, 1, 3]);
const bytes = [0, 127, 255, 255, 0, 254].flatMap((v) => [v, v, v]);

describe('a preview of a pack', () => {
  for (const node of ['MaskPreview', 'MaskPreview+', 'LayerMask: MaskPreview']) {
    it(`${node} shows masks as gray pictures`, async () => {
      const [image] = await runNode(device, node, { mask });
      expect(image).toMatchObject({ shape: [2, 1, 3, 3] });
      expect([...(await (image as typeof mask).bytes())]).toEqual(bytes);
    });

    it(`${node} is where a workflow ends, in both formats`, async () => {
      const sketch: Sketch = {
        1: { type: 'SolidMask', in: { value: 0.5, width: 2, height: 1 } },
        2: { type: 'InvertMask', in: { mask: ['1', 0] } },
        3: { type: node, in: { mask: ['2', 0] } },
      };
      for (const graph of [toApi(sketch), toSaved(sketch)]) {
        const { outputs, skipped } = await runWorkflow(device, graph);
        expect([...(await outputs[3].image.bytes())]).toEqual([127, 127, 127, 127, 127, 127]);
        expect(skipped).toEqual([]);
      }
    });
  }
});
