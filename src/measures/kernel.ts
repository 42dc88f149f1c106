// Calls a kernel of the kind `region` that gives words instead of a picture.

import { floatsOf, numbersOf, type Schema, type Value } from '../base/params.js';
import { type Extent, FRAME } from '../engine.js';
import type { Reached } from './measure.js';

/** What the kernel `name` gives for picture `picture`: so many words. */
export async function answer(
  reached: Reached,
  name: string,
  schema: Schema,
  values: Readonly<Record<string, Value>>,
  words: number,
  picture = 0,
): Promise<Uint32Array<ArrayBuffer>> {
  const { kernels, memory, arena, crew, at, extent, pause } = reached;
  const kernel = extent.dtype === 'float32' ? `${name}Float` : name;
  const numbers = numbersOf(schema, values);
  const blocks: number[] = [];
  const block = (bytes: number): number => {
    blocks.push(arena.alloc(bytes));
    return blocks[blocks.length - 1];
  };
  try {
    const frame = block((FRAME + numbers.length) * 4);
    const view = (): DataView => new DataView(memory.buffer, frame);
    frameOf(extent, at, picture).forEach((word, i) => {
      view().setUint32(i * 4, word, true);
    });
    const floats = floatsOf(schema);
    numbers.forEach((number, i) => {
      if (floats[i]) view().setFloat32((FRAME + i) * 4, number, true);
      else view().setUint32((FRAME + i) * 4, number, true);
    });
    const dst = block(words * 4);
    const length = FRAME + numbers.length;
    const { width, height } = extent;
    const taken = { take: block, free: (at: number) => arena.free(blocks.splice(blocks.indexOf(at), 1)[0]) };
    const region = { kernel, dst, block: frame, length, width, height };
    if (await crew?.regions(reached, region, undefined, taken, pause)) return said();
    const room = kernels[`${kernel}Room`];
    const scratch = room ? block(room(frame) >>> 0) : 0;
    for (let from = 0; ; await pause?.()) {
      view().setUint32(48, from, true);
      from = kernels[kernel](dst, frame, scratch);
      if (!from) break;
    }
    return said();

    function said(): Uint32Array<ArrayBuffer> {
      return new Uint32Array(arena.u8(dst, words * 4).slice().buffer as ArrayBuffer);
    }
  } finally {
    for (const one of blocks) arena.free(one);
  }
}

const frameOf = ({ batch, width, height, dtype }: Extent, at: number, picture: number): number[] => {
  const size = dtype === 'float32' ? 4 : 1;
  return [picture, width, height, size, at, batch, width, height];
};
