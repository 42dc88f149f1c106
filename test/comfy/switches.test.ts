// Switches take some of their inputs, and the others are not computed, as a server computes lazy inputs on demand.
// Both formats.
import { MaskBatch, open } from 'chromask';
import { core, nodes, pack, registry, runWorkflow, type UnknownNode } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';
import { toSaved } from './graphs.js';
import { type Sketch, toApi } from './sketch.js';

const device = await open({ device: 'wasm' });
const formats = (sketch: Sketch) => [toApi(sketch), toSaved(sketch)];
const image = device.image(new Uint8Array(12).fill(51), [1, 2, 2, 3]);

/** Decoders that remember who asked for them. */
function host() {
  const asked: string[] = [];
  const unsupported = ({ id }: UnknownNode) => {
    asked.push(id);
    return [image];
  };
  return { asked, unsupported };
}

const branches: Sketch = {
  1: { type: 'Decode' },
  2: { type: 'Decode' },
  3: { type: 'ImageToMask', in: { image: ['1', 0], channel: 'red' } },
  4: { type: 'ImageToMask', in: { image: ['2', 0], channel: 'red' } },
};
const preview: Sketch = { 9: { type: 'MaskPreview', in: { mask: ['5', 0] } } };

describe('ImpactSwitch', () => {
  const sketch: Sketch = {
    ...branches,
    5: { type: 'ImpactSwitch', in: { select: 2, input1: ['3', 0], input2: ['4', 0] } },
    ...preview,
  };

  it('has what it takes made, and nothing else', async () => {
    for (const graph of formats(sketch)) {
      const { asked, unsupported } = host();
      const { outputs, masks, values } = await runWorkflow(device, graph, { unsupported });
      expect(asked).toEqual(['2']);
      expect(Object.keys(outputs)).toEqual(['9']);
      expect(masks).toEqual([]);
      expect(Object.keys(values).sort()).toEqual(['2', '4', '5', '9']);
    }
  });

  it('runs where what it does not take cannot be made', async () => {
    const solid: Sketch = { ...sketch, 4: { type: 'SolidMask', in: { value: 0.5, width: 2, height: 2 } } };
    for (const graph of formats(solid)) {
      const { outputs, skipped } = await runWorkflow(device, graph, {});
      expect(Object.keys(outputs)).toEqual(['9']);
      expect(skipped.map(({ id }) => id)).toEqual(['3']);
    }
  });

  it('is set by what its number is linked to, which runs first', async () => {
    const linked: Sketch = {
      ...sketch,
      5: { type: 'ImpactSwitch', in: { select: ['6', 0], input1: ['3', 0], input2: ['4', 0] } },
      6: { type: 'ImpactSwitch', in: { select: 1, input1: ['7', 0], input2: ['8', 0] } },
      7: { type: 'PrimitiveInt', in: { value: 2 } },
      8: { type: 'Decode' },
    };
    for (const graph of formats(linked)) {
      const { asked, unsupported } = host();
      const { outputs } = await runWorkflow(device, graph, { unsupported });
      expect(asked).toEqual(['2']);
      expect(Object.keys(outputs)).toEqual(['9']);
    }
  });

  it('is set when a host asks for what depends on it', async () => {
    const asking: Sketch = {
      ...sketch,
      5: { type: 'ImpactSwitch', in: { select: ['6', 0], input1: ['3', 0], input2: ['4', 0] } },
      6: { type: 'PrimitiveInt', in: { value: 1 } },
      9: { type: 'Pass', in: { on: ['5', 0] } },
      10: { type: 'MaskPreview', in: { mask: ['9', 0] } },
    };
    for (const graph of formats(asking)) {
      const asked: string[] = [];
      const unsupported = async (node: UnknownNode) => {
        asked.push(node.id);
        return node.class_type === 'Pass' ? [await node.input('on')] : [image];
      };
      const { outputs } = await runWorkflow(device, graph, { unsupported, only: ['10'] });
      expect(asked).toEqual(['9', '1']);
      expect(Object.keys(outputs)).toEqual(['10']);
    }
  });

  it('keeps a mask from being an end where it leaves it, and gives what it would pass to a node that is not known', async () => {
    const ending: Sketch = { ...sketch, 9: { type: 'Encode', in: { mask: ['5', 0] } } };
    for (const graph of formats(ending)) {
      const { masks } = await runWorkflow(device, graph, { unsupported: host().unsupported });
      expect(masks.map(({ id }) => id)).toEqual(['4']);
    }
  });

  it('gives nothing where the input it takes is not linked', async () => {
    const none: Sketch = { ...sketch, 5: { type: 'ImpactSwitch', in: { select: 3, input1: ['3', 0] } } };
    for (const graph of formats(none)) {
      const { asked, unsupported } = host();
      const failure = await runWorkflow(device, graph, { unsupported, only: ['9'] }).catch((error) => error);
      expect(failure.message).toContain('node 9 (MaskPreview), mask: mask must be MASK (it is required)');
      expect(asked).toEqual([]);
    }
  });
});

const { InvertMask, PrimitiveBoolean } = await nodes({ pack: 'core' });

describe('a switch of another pack', () => {
  const choose = {
    ...InvertMask,
    title: 'Choose',
    inputs: {
      which: { type: 'BOOLEAN', default: true },
      on_true: { type: 'MASK', lazy: true },
      on_false: { type: 'MASK', lazy: true },
    },
    takes: ({ which }: Readonly<Record<string, unknown>>) => [which ? 'on_true' : 'on_false'],
    run: (given: Record<string, unknown>) => [given.which ? given.on_true : given.on_false],
  } as const;
  const mine = registry(core, pack('mine', { Choose: choose as never }));

  it('needs both inputs in a workflow, as a server does, and has one of them made', async () => {
    const sketch: Sketch = {
      ...branches,
      5: { type: 'Choose', in: { which: false, on_true: ['3', 0], on_false: ['4', 0] } },
      ...preview,
    };
    const { asked, unsupported } = host();
    const { outputs } = await runWorkflow(device, toApi(sketch), { unsupported, registry: mine });
    expect([asked, Object.keys(outputs)]).toEqual([['2'], ['9']]);
    const one: Sketch = { ...sketch, 5: { type: 'Choose', in: { which: false, on_false: ['4', 0] } } };
    await expect(runWorkflow(device, toApi(one), { unsupported, registry: mine, strict: true })).rejects.toThrow(
      'node 5 (Choose), on_true: required input is missing',
    );
  });

  it('is asked for each element of a list, and what one of them takes is made', async () => {
    const both = {
      ...PrimitiveBoolean,
      inputs: {},
      outputs: [['BOOLEAN', 'BOOLEAN', 'list']],
      run: () => [[true, false]],
    };
    const sketch: Sketch = {
      ...branches,
      5: { type: 'Choose', in: { which: ['6', 0], on_true: ['3', 0], on_false: ['4', 0] } },
      6: { type: 'Both' },
      ...preview,
    };
    const { asked, unsupported } = host();
    const all = registry(mine, pack('more', { Both: both as never }));
    const { values } = await runWorkflow(device, toApi(sketch), { unsupported, registry: all });
    expect(asked.sort()).toEqual(['1', '2']);
    expect((values[5][0] as unknown[]).every((one) => one instanceof MaskBatch)).toBe(true);
  });
});
