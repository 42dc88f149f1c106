import { open } from '../../dist/chromask.js';
import { objectInfo, runWorkflow, WorkflowError } from '../../dist/comfy.js';
import { random } from './random.mjs';
import { saved } from './saved.mjs';

export const promise =
  'damaged and hostile workflows: masks or a WorkflowError, nothing read that was not given, no prototype touched';

const strange = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../etc/passwd',
  '/etc/passwd',
  'file:///etc/passwd',
  'http://127.0.0.1:9/x.png',
  '',
  '\0',
  'a'.repeat(5000),
];

/** A random, mostly sensible workflow from the table of nodes. */
function made(r, info) {
  const names = Object.keys(info);
  const graph = {};
  const ids = [];
  for (let i = 0; i < 4 + r.below(8); i++) {
    // two pictures and a mask first, so that later nodes have input
    const class_type = i < 3 ? ['LoadImage', 'SolidMask', 'LoadImageMask'][i] : r.pick(names);
    const inputs = {};
    for (const [name, [type, facts = {}]] of Object.entries({
      ...info[class_type].input.required,
      ...info[class_type].input.optional,
    })) {
      const from = ids.filter((id) => info[graph[id].class_type].output.includes(type));
      if (from.length) {
        const id = r.pick(from);
        inputs[name] = [id, info[graph[id].class_type].output.indexOf(type)];
      } else if (name === 'image' && class_type.startsWith('LoadImage'))
        inputs[name] = r.below(20) ? r.pick(['photo.png', 'sub/photo.png [input]']) : r.pick(strange);
      else if (Array.isArray(type)) inputs[name] = r.pick(type);
      else if (type === 'INT') inputs[name] = Math.min(facts.max ?? 64, r.below(64));
      else if (type === 'FLOAT') inputs[name] = r.next();
      else if (type === 'BOOLEAN') inputs[name] = r.below(2) === 0;
    }
    const id = String(i + 1);
    ids.push(id);
    graph[id] = { class_type, inputs };
  }
  return graph;
}

/** Changes one thing anywhere. */
function damaged(text, r) {
  const kind = r.below(6);
  if (kind === 0) return text;
  if (kind === 1) {
    const at = r.below(text.length);
    return text.slice(0, at) + String.fromCharCode(r.below(127)) + text.slice(at + 1);
  }
  const values = [
    'null',
    '-1',
    '1e999',
    '[]',
    '{}',
    '"x"',
    'true',
    '[["1",0],0]',
    '["1",99]',
    '["1",-1]',
    '{"__value__":[1,2]}',
    ...strange.map((one) => JSON.stringify(one)),
  ];
  const places = [...text.matchAll(/"[^"]*"|-?\d+(?:\.\d+)?|true|false/g)];
  const place = r.pick(places);
  const value = kind === 2 ? r.pick(values) : JSON.stringify(r.pick(strange));
  if (kind === 5)
    return text.replace(
      '{',
      `{"__proto__":{"class_type":"SolidMask","polluted":1},${JSON.stringify(r.pick(strange))}:${r.pick(values)},`,
    );
  return text.slice(0, place.index) + value + text.slice(place.index + place[0].length);
}

export async function run({ full, seed, note }) {
  const { fetch } = globalThis;
  globalThis.fetch = () => {
    note('the network was asked');
    return Promise.reject(new Error('no network'));
  };
  const info = await objectInfo();
  const device = await open({ device: 'wasm' });
  const files = { 'photo.png': device.image(new Uint8Array(8 * 8 * 4).fill(9), [8, 8, 4]) };
  const many = full ? 100000 : 2000;
  let ran = 0;
  let worst = 0;
  for (let i = 0; i < many; i++) {
    const r = random(seed + i * 7919 + 1);
    const graph = made(r, info);
    const text = damaged(JSON.stringify(i % 2 ? saved(graph, r, info) : graph), r);
    const start = performance.now();
    try {
      const { masks } = await runWorkflow(device, text, { files });
      for (const { mask } of masks.slice(0, 2)) await mask.bytes();
      ran++;
    } catch (error) {
      if (!(error instanceof WorkflowError) && error?.name !== 'ChromaskError')
        note(`seed ${seed}, workflow ${i}: ${error?.stack}\n${text.slice(0, 500)}`);
    }
    worst = Math.max(worst, performance.now() - start);
  }
  globalThis.fetch = fetch;
  if ({}.polluted !== undefined || {}.class_type !== undefined) note('a prototype was changed');
  console.log(`workflows: ${ran} of ${many} ran, the slowest took ${worst.toFixed(0)} ms`);
  device.close();
  return many;
}
