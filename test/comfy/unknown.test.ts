import { type MaskBatch, open } from 'chromask';
import { runWorkflow, type UnknownNode, type WorkflowError } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';
import { toSaved } from './graphs.js';
import { type Sketch, toApi } from './sketch.js';

const device = await open({ device: 'wasm' });
const image = device.image(
  Uint8Array.from({ length: 12 }, (_, i) => i * 20),
  [1, 2, 2, 3],
);

const sampler: Sketch = {
  1: { type: 'CheckpointLoaderSimple', in: { ckpt_name: 'model.safetensors' } },
  2: { type: 'SolidMask', in: { value: 0.25, width: 2, height: 2 } },
  3: { type: 'GrowMask', in: { mask: ['2', 0], expand: 1, tapered_corners: true } },
  4: { type: 'EmptyLatentImage', in: { width: 16, height: 16 } },
  5: { type: 'SetLatentNoiseMask', in: { samples: ['4', 0], mask: ['3', 0] } },
  6: { type: 'KSampler', in: { model: ['1', 0], latent_image: ['5', 0], seed: 42 } },
  7: { type: 'VAEDecode', in: { samples: ['6', 0], vae: ['1', 2] } },
  8: { type: 'SaveImage', in: { images: ['7', 0], filename_prefix: 'x' } },
};
const between: Sketch = {
  ...sampler,
  9: { type: 'ImageToMask', in: { image: ['7', 0], channel: 'red' } },
  10: { type: 'InvertMask', in: { mask: ['9', 0] } },
  11: { type: 'MaskPreview', in: { mask: ['10', 0] } },
};
const formats = (sketch: Sketch) => [toApi(sketch), toSaved(sketch)];

async function refused(run: Promise<unknown>): Promise<WorkflowError> {
  return run.then(
    () => Promise.reject(new Error('it ran')),
    (error) => error,
  );
}

describe('nodes of classes we do not know', () => {
  it('are listed with the mask nodes that depend on them, before anything runs', async () => {
    for (const graph of formats(between)) {
      let ran = 0;
      const error = await refused(runWorkflow(device, graph, { strict: true, onProgress: () => ran++ }));
      expect(error.code).toBe('workflow');
      expect(error.message).toContain(
        'node 6 (KSampler): this node is not known here, and node 9 (ImageToMask) depends on it',
      );
      expect(error.problems.map(({ id, type, needed_by }) => [id, type, needed_by])).toEqual(
        ['1', '4', '6', '7'].map((id) => [id, 'missing_node_type', ['9']]),
      );
      expect(ran).toBe(0);
    }
  });

  it('do not keep the masks before them from being made', async () => {
    for (const graph of formats(sampler)) {
      const { masks, outputs, skipped, values } = await runWorkflow(device, graph);
      expect(masks.map(({ id, class_type, name }) => [id, class_type, name])).toEqual([['3', 'GrowMask', 'MASK']]);
      expect(Object.keys(outputs)).toEqual([]);
      expect(Object.keys(values)).toEqual(['2', '3']);
      expect(skipped.map(({ id, why }) => [id, why]).sort()).toEqual([
        ['5', 'unknown'],
        ['8', 'unknown'],
      ]);
    }
  });

  it('are all there is: an error', async () => {
    const error = await refused(runWorkflow(device, toApi({ 1: sampler[1] })));
    expect(error.problems.map(({ type }) => type)).toEqual(['prompt_no_outputs', 'missing_node_type']);
  });

  it('can be made by the caller, who is asked for no more than is needed', async () => {
    for (const graph of formats(between)) {
      const asked: string[] = [];
      const unsupported = ({ class_type }: UnknownNode) => {
        asked.push(class_type);
        return class_type === 'VAEDecode' ? [image] : [{ samples: 'latent' }];
      };
      const { masks, outputs } = await runWorkflow(device, graph, { unsupported });
      expect(asked.sort()).toEqual(['EmptyLatentImage', 'VAEDecode']);
      expect(masks.map(({ id }) => id)).toEqual(['5', '10']);
      expect(await masks[1].mask.data()).toEqual(await image.channel('red').as('float32').invert().data());
      expect(await outputs[8].image.bytes()).toEqual(await image.bytes());
    }
  });

  it('can be given by their ids, and what only they need is not made', async () => {
    for (const graph of formats(between)) {
      const { masks, outputs, values } = await runWorkflow(device, graph, { outputs: { 7: image } });
      expect(masks.map(({ id }) => id)).toEqual(['3', '10']);
      expect(await masks[1].mask.data()).toEqual(await image.channel('red').as('float32').invert().data());
      expect(await outputs[8].image.bytes()).toEqual(await image.bytes());
      expect(values[7]).toEqual([image]);
      expect(Object.keys(values)).not.toContain('6');
    }
  });

  it('can be given by lists of outputs, and so can nodes that are known', async () => {
    const graph: Sketch = {
      1: { type: 'LoadImage', in: { image: 'none.png' } },
      2: { type: 'Canvas', in: { from: ['1', 0] } },
      3: { type: 'GrowMask', in: { mask: ['2', 1], expand: 1, tapered_corners: true } },
      4: { type: 'InvertMask', in: { mask: ['1', 1] } },
    };
    const mask = image.channel('red').as('float32');
    for (const one of formats(graph)) {
      const given = { 1: [image, mask], 2: [undefined, { data: await mask.data(), shape: mask.shape }] };
      const { masks } = await runWorkflow(device, one, { outputs: given, strict: true });
      expect(masks.map(({ id }) => id)).toEqual(['3', '4']);
      expect(await masks[1].mask.data()).toEqual(await mask.invert().data());
    }
    const wrong = runWorkflow(device, toApi(graph), { outputs: { 9: mask } });
    await expect(wrong).rejects.toThrow('no node "9" for the outputs given');
    const error = await refused(runWorkflow(device, toApi(graph), { outputs: { 1: 5, 2: [image, 'x'] } }));
    expect(error.problems).toMatchObject([{ id: '3', input: 'mask' }]);
  });

  it('are not asked for anything while values given in the place of the workflow’s are wrong', async () => {
    let asked = 0;
    const unsupported = () => {
      asked++;
      return [image];
    };
    const wrong = { 8: { filename_prefix: {} }, 9: { channel: 'evil' }, 10: { mask: 5 }, 3: { expand: 1e9 } };
    for (const graph of formats(between)) {
      const error = await refused(runWorkflow(device, graph, { inputs: { ...wrong, 5: { mask: null } }, unsupported }));
      expect(error.problems.map(({ id, input, type }) => [id, input, type]).sort()).toEqual([
        ['10', 'mask', 'bad_linked_input'],
        ['3', 'expand', 'value_bigger_than_max'],
        ['5', 'mask', 'bad_linked_input'],
        ['8', 'filename_prefix', 'invalid_input_type'],
        ['9', 'channel', 'value_not_in_list'],
      ]);
      for (const inputs of [{ 3: { expand: 1e9 } }, { 3: { mask: undefined } }, { 3: { expand: 2n ** 70n } }]) {
        await expect(runWorkflow(device, graph, { inputs, unsupported, only: ['3'] })).rejects.toMatchObject({
          problems: [{ id: '3' }],
        });
      }
    }
    expect(asked).toBe(0);
  });

  it('get their inputs when they ask for them', async () => {
    const seen: Record<string, unknown> = {};
    const unsupported = async (node: UnknownNode): Promise<unknown[]> => {
      if (node.class_type === 'VAEDecode') {
        const [latent] = await Promise.all([node.input('samples'), node.input('samples')]);
        return [(latent as { image: unknown }).image];
      }
      for (const name of node.inputs) seen[`${node.class_type}.${name}`] = await node.input(name);
      return node.class_type === 'KSampler' ? [{ image }] : [{ samples: node.class_type }, 'clip', 'vae'];
    };
    const { values } = await runWorkflow(device, toApi(between), { unsupported });
    expect(Object.keys(values).length).toBe(11);
    expect(seen).toMatchObject({
      'KSampler.seed': 42,
      'KSampler.model': { samples: 'CheckpointLoaderSimple' },
      'EmptyLatentImage.width': 16,
    });
    const latent = seen['KSampler.latent_image'] as { samples: string; noise_mask: MaskBatch };
    expect(latent.samples).toBe('EmptyLatentImage');
    expect(await latent.noise_mask.data()).toEqual(new Float32Array(4).fill(0.25));
  });

  it('that the caller cannot make either are as unknown as before', async () => {
    const some = ({ class_type }: UnknownNode) => (class_type === 'EmptyLatentImage' ? [{ samples: 0 }] : undefined);
    const error = await refused(runWorkflow(device, toApi(between), { unsupported: some, strict: true }));
    expect(error.problems.map(({ id, needed_by }) => [id, needed_by])).toEqual([['7', ['9']]]);
    const { masks, skipped } = await runWorkflow(device, toApi(sampler), { unsupported: some });
    expect(masks.map(({ id }) => id)).toEqual(['5']);
    expect(skipped.map(({ id }) => id)).toEqual(['8']);
    const { masks: none } = await runWorkflow(device, toApi(sampler), { unsupported: () => undefined });
    expect(none.map(({ id }) => id)).toEqual(['3']);
    const deeper = (node: UnknownNode) =>
      node.class_type === 'VAEDecode' ? node.input('samples').then((one) => [one]) : undefined;
    expect(
      (await refused(runWorkflow(device, toApi(between), { unsupported: deeper, strict: true }))).problems
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['4', '6', '7']);
  });

  it('must give a list, with what is read from it, of the right type', async () => {
    const wrong = async (outputs: unknown): Promise<string> =>
      (await refused(runWorkflow(device, toApi(between), { unsupported: () => outputs as unknown[], only: ['9'] })))
        .message;
    expect(await wrong('image')).toBe(
      'workflow: node 7 (VAEDecode): unsupported must give a list of outputs, got "image"',
    );
    expect(await wrong([])).toMatch(
      /^workflow: node 9 \(ImageToMask\), image: image must be IMAGE \(it is required\), got undefined/,
    );
    expect(await wrong([device.solid({ width: 4, height: 4 })])).toMatch(/^workflow: node 9 \(ImageToMask\), image: /);
    const broken = new Error('out of cards');
    await expect(runWorkflow(device, toApi(between), { unsupported: () => Promise.reject(broken) })).rejects.toBe(
      broken,
    );
  });

  it('that are never given do not keep a run from hearing its signal', async () => {
    const reason = new Error('enough');
    for (const wait of [0, 5]) {
      const control = new AbortController();
      const unsupported = ({ signal }: UnknownNode): Promise<never> => {
        expect(signal).toBe(control.signal);
        if (wait) setTimeout(() => control.abort(reason), wait);
        else control.abort(reason);
        return new Promise(() => {});
      };
      const run = runWorkflow(device, toApi(between), { unsupported, signal: control.signal });
      await expect(run).rejects.toBe(reason);
    }
  });

  it('may ask through thousands of their kind', async () => {
    const sketch: Sketch = { n0: { type: 'Start' } };
    for (let i = 1; i < 5000; i++) sketch[`n${i}`] = { type: 'Pass', in: { on: [`n${i - 1}`, 0] } };
    sketch.end = { type: 'ImageToMask', in: { image: ['n4999', 0], channel: 'blue' } };
    const unsupported = async (node: UnknownNode) => [node.class_type === 'Start' ? image : await node.input('on')];
    const { masks } = await runWorkflow(device, toApi(sketch), { unsupported });
    expect(await masks[0].mask.data()).toEqual(await image.channel('blue').data());
  });
});
