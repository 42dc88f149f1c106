// The examples do what they say.
import { readFileSync } from 'node:fs';
import { type MaskBatch, open } from 'chromask';
import { objectInfo, type Registry, runNode, runWorkflow } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';

interface Rehearsed {
  killed: number;
  succeeded: number[];
  missing: string[];
  extra: string[];
  different: string[];
}

describe('examples', () => {
  it('a cluster whose pods are killed makes every mask, with the bytes of one run', { timeout: 240_000 }, async () => {
    const file = '../examples/rehearse.mjs';
    const { rehearse } = (await import(file)) as { rehearse(options: object): Promise<Rehearsed> };
    const result = await rehearse({ pictures: 60, shards: 4, kills: 3 });
    expect(result).toEqual({ killed: 3, succeeded: [0, 1, 2, 3], missing: [], extra: [], different: [] });
  });

  it('the manifests give the script what it asks for, and as many shards as tasks', () => {
    const asked = [...readFileSync('examples/shard.sh', 'utf8').matchAll(/"\$(\w+)"|\/\$(\w+)/g)].map(
      ([, a, b]) => a ?? b,
    );
    expect(asked.sort()).toEqual(['MANIFEST', 'OUT', 'RECIPE', 'SHARDS']);
    const yaml = readFileSync('examples/kubernetes/job.yaml', 'utf8');
    const batch = JSON.parse(readFileSync('examples/aws-batch/job.json', 'utf8'));
    const given: { name: string; value: string }[] = batch.containerOverrides.environment;
    for (const name of asked) {
      expect(yaml).toMatch(new RegExp(`name: ${name}, value`));
      expect(given.map((one) => one.name)).toContain(name);
    }
    const [, completions] = /completions: (\d+)/.exec(yaml) ?? [];
    expect(yaml).toContain(`{ name: SHARDS, value: "${completions}" }`);
    expect(given.find(({ name }) => name === 'SHARDS')?.value).toBe(String(batch.arrayProperties.size));
  });

  it('a pack of nodes of its own is found beside the others, and its switch makes what it takes', async () => {
    const file = '../examples/node-pack/nodes.js';
    const { nodes } = (await import(file)) as { nodes: Registry };
    const device = await open({ device: 'wasm' });
    const mask = device.mask(Float32Array.of(0, 0, 0, 1, 1, 1, 0, 0, 0), [1, 1, 9]);
    const [band] = await runNode(device, 'EdgeBand' as string, { mask, outside: 2, inside: 1 }, { registry: nodes });
    expect([...(await (band as MaskBatch).data())]).toEqual([0, 1, 1, 1, 0, 1, 1, 1, 0]);
    const masks = device.mask(Float32Array.of(0, 1, 1, 1, 0, 0), [3, 1, 2]);
    const [fullest, index] = await runNode(device, 'FullestMask' as string, { masks }, { registry: nodes });
    expect([[...(await (fullest as MaskBatch).data())], index]).toEqual([[1, 1], 1]);
    const graph = {
      1: { class_type: 'SolidMask', inputs: { value: 0.25, width: 1, height: 1 } },
      2: { class_type: 'Segment', inputs: {} },
      3: { class_type: 'InvertMask', inputs: { mask: ['2', 0] } },
      4: { class_type: 'ChooseMask', inputs: { first: true, on_first: ['1', 0], on_second: ['3', 0] } },
    };
    const { masks: ends } = await runWorkflow(device, graph, { registry: nodes });
    expect(ends.map(({ id }) => id)).toEqual(['4']);
    const { ChooseMask } = await objectInfo({ pack: 'example', registry: nodes });
    expect(ChooseMask.input.required.on_second).toEqual(['MASK', { lazy: true }]);
    device.close();
  });
});
