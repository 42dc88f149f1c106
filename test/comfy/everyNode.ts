// Makes random graphs from the table of nodes, with the inputs of each node and its outputs when nodes are called
// one after another. Nothing here needs Node.
import type { Device } from 'chromask';
import type { Input, Node, Output } from 'chromask/comfy';
import { dice, picture } from './random.js';
import { isBatch, type Sketch } from './sketch.js';

type RunNode = (device: Device, name: string, inputs: Readonly<Record<string, unknown>>) => Promise<readonly Output[]>;
type Table = Readonly<Record<string, Node>>;

export interface Drawn {
  readonly sketch: Sketch;
  /** What the nodes gave, called alone; of those without outputs in a workflow nothing. */
  readonly expected: ReadonlyMap<string, readonly Output[]>;
}

/** Sockets that something gives in every graph. */
const SOURCES: Sketch = {
  p: { type: 'LoadImage', in: { image: 'p.png' } },
  m: { type: 'ImageToMask', in: { image: ['p', 0], channel: 'green' } },
  s: { type: 'MaskToSEGS', in: { mask: ['m', 0] } },
  b: { type: 'LayerMask: MaskBoxDetect', in: { mask: ['m', 0] } },
};

/** A graph of about so many nodes beside its sources. A node that refuses what it would be given is left out. */
export async function drawn(
  seed: number,
  size: number,
  table: Table,
  device: Device,
  runNode: RunNode,
): Promise<Drawn> {
  const roll = dice(seed * 7919 + 1);
  const sketch: Sketch = {};
  const expected = new Map<string, readonly Output[]>();
  const add = async (id: string, type: string, inputs: Record<string, unknown>): Promise<void> => {
    const given = Object.entries(inputs).map(([name, value]) => {
      if (value === 'p.png') return [name, picture(device)];
      if (!Array.isArray(value)) return [name, value];
      const [from, slot] = value as [string, number];
      return [name, expected.get(from)?.[slot]];
    });
    const outputs = await runNode(device, type, Object.fromEntries(given));
    // what is wrong with pixels shows when they are made
    await written(outputs);
    sketch[id] = { type, in: inputs };
    expected.set(id, outputs);
  };
  for (const [id, { type, in: inputs = {} }] of Object.entries(SOURCES)) await add(id, type, inputs);
  const names = Object.keys(table).filter((name) => !SOURCES.p.type.startsWith(name) && !table[name].ends);
  for (let i = 0; i < size; i++) {
    const type = names[roll(names.length)];
    const inputs = inputsOf(table[type], expected, sketch, table, roll);
    if (inputs) await add(String(i + 1), type, inputs).catch(refused);
  }
  return { sketch, expected };
}

/** Refusals are of what was drawn; anything else is ours. */
function refused(error: unknown): void {
  if (typeof Object(error).code !== 'string') throw error;
}

/** Values for all inputs; undefined where nothing gives what one needs. */
function inputsOf(
  node: Node,
  expected: Drawn['expected'],
  sketch: Sketch,
  table: Table,
  roll: (end: number) => number,
): Record<string, unknown> | undefined {
  const inputs: Record<string, unknown> = {};
  for (const [name, input] of Object.entries(node.inputs)) {
    const linked = 'forceInput' in input && input.forceInput === true;
    const widget = linked ? undefined : widgetOf(input, roll);
    if (widget !== undefined) {
      inputs[name] = widget;
      continue;
    }
    // what hangs on an output that gave nothing does not run in a workflow
    const sources = [...expected].flatMap(([id, outputs]) =>
      table[sketch[id].type].outputs.flatMap(([type, , list], slot) =>
        outputs[slot] !== undefined && taken(input, type) && (!list || node.takesLists) ? [[id, slot]] : [],
      ),
    );
    const optional = 'optional' in input && input.optional === true;
    if (sources.length && !(optional && roll(3) === 0)) inputs[name] = sources[roll(sources.length)];
    else if (!optional) return undefined;
  }
  return inputs;
}

/** Whether an input takes what is of this type: one of those that it names, where it takes several. */
function taken(input: Input, type: string): boolean {
  if ('as' in input && input.as && input.as !== '*') return input.as.split(',').includes(type);
  return type === input.type || input.type === '*';
}

function widgetOf(input: Input, roll: (end: number) => number): unknown {
  switch (input.type) {
    case 'INT': {
      const [least, most] = [Math.max(input.min, -8), Math.min(input.max, 40)];
      const usual = Math.max(Math.min(input.default, 64), input.min);
      return most < least || roll(3) === 0 ? usual : least + roll(most - least + 1);
    }
    case 'FLOAT': {
      const [least, most] = [Math.max(input.min, -2), Math.min(input.max, 4)];
      return most < least || roll(3) === 0 ? input.default : least + (roll(101) / 100) * (most - least);
    }
    case 'BOOLEAN':
      return roll(2) === 0;
    case 'STRING':
      return input.default;
    case 'COMBO':
      return input.options[roll(input.options.length)];
    case 'FILE':
      return 'p.png';
    default:
      return undefined;
  }
}

/** The numbers, or for large pictures a digest of their bits: arrays of millions take minutes to compare. */
function numbersOf(data: Float32Array): number[] {
  if (data.length <= 4096) return [...data];
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length);
  let [first, second] = [0x811c9dc5, 0x9e3779b9];
  for (const word of words) {
    first = Math.imul(first ^ word, 0x01000193) ^ (first >>> 15);
    second = Math.imul(second ^ (word >>> 16) ^ (word << 16), 0x85ebca6b) ^ (second >>> 13);
  }
  return [data.length, first, second];
}

/** Anything a node gives, as what can be compared: batches as type, shape and numbers. */
export async function written(value: unknown): Promise<unknown> {
  if (isBatch(value)) return [value.dtype, [...value.shape], numbersOf(await value.data())];
  if (Array.isArray(value)) return Promise.all(value.map(written));
  if (typeof value !== 'object' || value === null) return value;
  const parts = await Promise.all(Object.entries(value).map(async ([key, one]) => [key, await written(one)]));
  return Object.fromEntries(parts);
}
