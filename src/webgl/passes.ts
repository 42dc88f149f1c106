// Runs passes: one program for the whole chain of steps, one draw for each tile of each picture.
import { isPositional, type Pass, type Step, type Stride } from '../engine.js';
import { type Tile, tilesOf } from './layout.js';
import { type Program, sampled, type Uniforms } from './programs.js';
import { shaderOf, signatureOf } from './shader.js';
import type { Gpu } from './shared.js';
import type { GpuSlot, Slots } from './slots.js';

const word = new DataView(new ArrayBuffer(4));

/** Returns the number of draws. */
export function runPass(gpu: Gpu, slots: Slots, into: GpuSlot, pass: Pass): number {
  const source = pass.source && slots.own(pass.source);
  const [head, ...rest] = pass.steps;
  const strides = head?.strides?.() ?? [];
  const last = strides.at(-1);
  if (!last) return draw(gpu, slots, into, pass.first, pass.count, source, pass.steps);
  let draws = 0;
  let from = source;
  const release = (): void => {
    if (from && from !== source) slots.free(from);
  };
  try {
    for (const stride of strides.slice(0, -1)) {
      const { dtype, width, height } = stride;
      const to = slots.alloc({ batch: pass.count, height, width, channels: head.channels, dtype });
      try {
        draws += draw(gpu, slots, to, 0, pass.count, from, [strode(head, stride)]);
      } catch (error) {
        slots.free(to);
        throw error;
      }
      release();
      from = to;
    }
    return draws + draw(gpu, slots, into, pass.first, pass.count, from, [strode(head, last), ...rest]);
  } finally {
    release();
  }
}

/** A step as one of its own passes. */
function strode(step: Step, { name, numbers, dtype, data }: Stride): Step {
  return { ...step, name, numbers, floats: numbers.map(() => false), dtype, words: data };
}

function draw(
  gpu: Gpu,
  slots: Slots,
  into: GpuSlot,
  first: number,
  count: number,
  source: GpuSlot | undefined,
  steps: readonly Step[],
): number {
  const { context, programs } = gpu;
  const own = slots.own.bind(slots);
  return context.use((gl) => {
    const signature = signatureOf(source, steps, own);
    const program = programs.find(signature, () => shaderOf(programs.library, source, steps, own));
    const fixed = fixedUniforms(gpu, program, slots, source, steps);
    gl.useProgram(program.program);
    let draws = 0;
    for (let b = 0; b < count; b++) {
      let n = 0;
      for (const tile of tilesOf(into.extent, into.layout, first + b)) {
        context.drawInto(into.texture, [tile.layer]);
        gl.viewport(0, tile.top, tile.width, tile.height);
        programs.draw(program, { ...(draws ? {} : fixed), ...tileUniforms(slots, source, steps, tile, b, n++) });
        draws++;
      }
    }
    context.detach();
    return draws;
  });
}

/**
 * Uniforms that are equal for all tiles. Textures are made and filled here, before the first of them is bound to its
 * unit.
 */
function fixedUniforms(
  gpu: Gpu,
  program: Program,
  slots: Slots,
  source: GpuSlot | undefined,
  steps: readonly Step[],
): Uniforms {
  const { lookups } = gpu;
  const uniforms: Uniforms = {};
  if (isPositional(steps[0]?.kind)) {
    if (source) Object.assign(uniforms, positions('source', source));
    const { words } = steps[0];
    if (words) uniforms.words = sampled(lookups.words(words));
    for (const other of steps[0].others) Object.assign(uniforms, positions('other', slots.own(other)));
  } else if (source) {
    uniforms.pixels = sampled(source.texture);
  }
  if (program.setters.units) uniforms.units = sampled(lookups.units());
  steps.forEach((step, i) => {
    if (step.numbers.length) uniforms[`numbers${i}`] = bitsOf(step);
    if (step.tables) uniforms[`table${i}`] = sampled(lookups.table(step.tables));
    if (step.nodes) uniforms[`nodes${i}`] = sampled(lookups.lattice(step.name, step.nodes));
    if (isPositional(step.kind)) return;
    for (const other of step.others) uniforms[`other${i}`] = sampled(slots.own(other).texture);
  });
  return uniforms;
}

/** What a gather needs to know about a slot to find a pixel in it. */
export function positions(name: string, slot: GpuSlot): Uniforms {
  const { extent, layout, texture } = slot;
  return {
    [`${name}Pixels`]: sampled(texture),
    [`${name}Size`]: [extent.width, extent.height, extent.batch],
    [`${name}Grid`]: [layout.tileWidth, layout.tileHeight, layout.columns, layout.rows],
    [`${name}Stack`]: layout.stack,
  };
}

function tileUniforms(
  slots: Slots,
  source: GpuSlot | undefined,
  steps: readonly Step[],
  tile: Tile,
  b: number,
  n: number,
): Uniforms {
  const uniforms: Uniforms = {};
  const spot = (slot: GpuSlot): number[] => {
    // a single picture serves the whole batch, and pictures of one size have the same tiles
    const [...tiles] = tilesOf(slot.extent, slot.layout, slot.extent.batch === 1 ? 0 : b);
    return [0, tiles[n].top - tile.top, tiles[n].layer];
  };
  if (isPositional(steps[0]?.kind)) uniforms.origin = [tile.x, tile.y - tile.top, b];
  else if (source) uniforms.spot = spot(source);
  steps.forEach((step, i) => {
    if (step.tables) uniforms[`row${i}`] = step.tables.length > 1 ? b : 0;
    if (isPositional(step.kind)) return;
    for (const other of step.others) uniforms[`spot${i}`] = spot(slots.own(other));
  });
  return uniforms;
}

function bitsOf(step: Step): Int32Array {
  return Int32Array.from(step.numbers, (value, k) => {
    if (!step.floats[k]) return value;
    word.setFloat32(0, value);
    return word.getInt32(0);
  });
}
