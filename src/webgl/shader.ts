// Turns the steps of a pass into the text of one fragment shader. It knows kinds, channels and types only; glsl/ has
// the arithmetic of each operation.
import { type Dtype, isPositional, type Slot, type Step } from '../engine.js';
import { isPlain } from './layout.js';
import type { Library } from './link.js';
import type { GpuSlot } from './slots.js';

/** Functions built into GLSL. chromask's own of the same name end with `Of`. */
const taken = new Set(['max', 'min', 'clamp']);

/** What a shader needs to know about a slot that it reads. */
const shapeOf = (slot: GpuSlot): string =>
  `${slot.extent.channels}${slot.extent.dtype}${isPlain(slot.layout) ? '' : '#'}`;

/** Two passes with the same signature run the same program. */
export function signatureOf(source: GpuSlot | undefined, steps: readonly Step[], gpu: (slot: Slot) => GpuSlot): string {
  const parts = steps.map((step) => {
    const others = step.others.map((slot) => shapeOf(gpu(slot)));
    return `${step.kind}:${step.name}:${step.channels}${step.dtype}${step.words ? '+' : ''}(${others})`;
  });
  return [source ? shapeOf(source) : '', ...parts].join(' ');
}

/** A slot that is read by position, for gathers: `name(p)` and `nameSize`. */
export function byPosition(name: string, slot: GpuSlot): string[] {
  const size = `uniform ivec3 ${name}Size;`;
  const texture = `uniform usampler2DArray ${name}Pixels;`;
  if (isPlain(slot.layout)) {
    return [size, texture, `uvec4 ${name}(ivec3 p) { return texelFetch(${name}Pixels, p, 0); }`];
  }
  const grid = `uniform ivec4 ${name}Grid;`;
  const stack = `uniform int ${name}Stack;`;
  return [
    size,
    texture,
    grid,
    stack,
    `uvec4 ${name}(ivec3 p) { return at(${name}Pixels, p, ${name}Grid, ${name}Stack); }`,
  ];
}

/** Words that a step looks up, in rows of 1,024, because a texture may not be wide enough for one row. */
const words = [
  'uniform highp isampler2D words;',
  'int data(int i) { return texelFetch(words, ivec2(i & 1023, i >> 10), 0).r; }',
];

const opaque = (dtype: Dtype): string => (dtype === 'uint8' ? '255u' : '0x3f800000u');
const wide = (channels: number, dtype: Dtype): string => (channels === 1 ? `uvec4(v.rrr, ${opaque(dtype)})` : 'v');

/** The value along the chain is always a uvec4 `v`, of which only its own channels count. */
export function shaderOf(
  library: Library,
  source: GpuSlot | undefined,
  steps: readonly Step[],
  gpu: (slot: Slot) => GpuSlot,
): string {
  const local: string[] = [];
  const body: string[] = [];
  let channels = source?.extent.channels ?? 1;
  let dtype: Dtype = source?.extent.dtype ?? 'float32';
  local.push(`const int CHANNELS = ${channels};`);
  if (isPositional(steps[0]?.kind)) {
    if (source) local.push(...byPosition('source', source));
    steps[0].others.forEach((slot) => local.push(...byPosition('other', gpu(slot))));
    local.push('uniform ivec3 origin;');
    if (steps[0].words) local.push(...words);
    body.push('uvec4 v;');
  } else {
    local.push('uniform usampler2DArray pixels;', 'uniform ivec3 spot;');
    body.push('uvec4 v = texelFetch(pixels, ivec3(ivec2(gl_FragCoord.xy) + spot.xy, spot.z), 0);');
  }
  steps.forEach((step, i) => {
    local.push(...declared(step, i));
    body.push(...called(step, i, channels, dtype));
    ({ channels, dtype } = step);
    if (channels === 3) body.push(`v.a = ${opaque(dtype)};`);
  });
  const main = `out uvec4 result;\nvoid main() {\n${body.join('\n')}\nresult = v;\n}\n`;
  return library.link(main, local);
}

/** The uniforms of step i. */
function declared(step: Step, i: number): string[] {
  const uniforms: string[] = [];
  if (step.numbers.length) uniforms.push(`uniform int numbers${i}[${step.numbers.length}];`);
  if (step.kind === 'table') uniforms.push(`uniform usampler2D table${i};`, `uniform int row${i};`);
  if (step.nodes) uniforms.push(`uniform usampler2D nodes${i};`);
  if (step.kind === 'join' || step.kind === 'pack') {
    step.others.forEach(() => uniforms.push(`uniform usampler2DArray other${i};`, `uniform ivec3 spot${i};`));
  }
  return uniforms;
}

function called(step: Step, i: number, channels: number, dtype: Dtype): string[] {
  const name = taken.has(step.name) ? `${step.name}Of` : step.name;
  const numbers = step.numbers.map((_, k) => (step.floats[k] ? `uint(numbers${i}[${k}])` : `numbers${i}[${k}]`));
  const each = (call: (value: string) => string): string[] =>
    [...'rgba'].slice(0, channels === 1 ? 1 : 4).map((c) => `v.${c} = ${call(`v.${c}`)};`);
  const call = (...given: string[]): string => `${name}(${[...given, ...numbers].join(', ')})`;
  const other = `texelFetch(other${i}, ivec3(ivec2(gl_FragCoord.xy) + spot${i}.xy, spot${i}.z), 0).r`;
  switch (step.kind) {
    case 'pick':
      return [`v.r = ${call(wide(channels, dtype), ...(step.nodes ? [`nodes${i}`] : []))};`];
    case 'table':
      return each((v) => `texelFetch(table${i}, ivec2(int(${v}) + (row${i} & 15) * 256, row${i} >> 4), 0).r`);
    case 'map':
    case 'cast':
      return each((v) => call(v));
    case 'join':
      return [`v.r = ${call('v.r', other)};`];
    case 'pack':
      return [`v = ${call(wide(channels, dtype), ...step.others.map(() => other))};`];
    case 'gather':
    case 'near':
    case 'region':
      return [`v = ${call('ivec3(gl_FragCoord.xy, 0) + origin')};`];
  }
}
