// 256 counts for each picture, in integers on the GPU: each byte counts one value in 240 pixels, then words add
// those up. Only the counts are read back.
import { positions } from './passes.js';
import { sampled } from './programs.js';
import { readSlot } from './readback.js';
import { byPosition } from './shader.js';
import type { Gpu } from './shared.js';
import type { GpuSlot, Slots } from './slots.js';

const BLOCK = { width: 16, height: 15 };
/** Blocks that are counted at once. Their counters take 64 MB. */
const BLOCKS = 2 ** 18;
/** Bytes of the counters of a block. */
const BYTES = 256;
/** Columns of a row of 256 counts, four to a texel, and rows that the second pass makes. */
const COLUMNS = 64;
const ROWS = 64;
/** Pictures in a layer of the counts, which is at most the height of any GPU's textures. */
const PICTURES = 2048;

export async function histogramOf(
  gpu: Gpu,
  slots: Slots,
  slot: GpuSlot,
  alive: () => unknown,
): Promise<{ counts: Uint32Array[]; draws: number }> {
  const { batch } = slot.extent;
  const height = Math.min(batch, PICTURES);
  const counts = slots.scratch(COLUMNS, height, Math.ceil(batch / PICTURES));
  try {
    const draws = countInto(gpu, slots, slot, counts);
    const bits = new Float32Array(COLUMNS * 4 * height * counts.extent.batch);
    await readSlot(gpu, counts, bits, alive);
    return { counts: Array.from({ length: batch }, (_, b) => new Uint32Array(bits.buffer, b * 1024, 256)), draws };
  } finally {
    slots.free(counts);
  }
}

function countInto(gpu: Gpu, slots: Slots, slot: GpuSlot, counts: GpuSlot): number {
  const { context, programs } = gpu;
  const { batch, height, width } = slot.extent;
  const across = Math.ceil(width / BLOCK.width);
  const all = across * Math.ceil(height / BLOCK.height);
  // half of what the limit leaves, so that a full device counts in smaller bands
  const room = Math.floor((slots.memory - slots.heldBytes) / 2 / BYTES);
  const most = Math.max(1, Math.min(all, BLOCKS, room));
  const wide = Math.min(2048, most * 4);
  const blocks = slots.scratch(wide, Math.ceil((most * 4) / wide), 4);
  const bands = Math.ceil(all / most);
  const sums = slots.scratch(COLUMNS, ROWS * bands, 1);
  try {
    return context.use((gl) => {
      const { library } = programs;
      const local = [`const int CHANNELS = 1;`, ...byPosition('source', slot)];
      const signature = `count ${local.length}`;
      const count = programs.find(signature, () => library.link(library.root('lib/count'), local));
      const collect = programs.find('collect', () => library.link(library.root('lib/collect')));
      const total = programs.find('total', () => library.link(library.root('lib/total')));
      for (let b = 0; b < batch; b++) {
        for (let band = 0; band < bands; band++) {
          const first = band * most;
          context.drawInto(blocks.texture, [0, 1, 2, 3]);
          gl.viewport(0, 0, wide, blocks.extent.height);
          gl.useProgram(count.program);
          programs.draw(count, { ...positions('source', slot), span: [across, first, wide, b] });
          context.drawInto(sums.texture, [0]);
          gl.viewport(0, band * ROWS, COLUMNS, ROWS);
          gl.useProgram(collect.program);
          programs.draw(collect, { blocks: sampled(blocks.texture), span: [Math.min(most, all - first), wide] });
        }
        context.drawInto(counts.texture, [Math.floor(b / PICTURES)]);
        gl.viewport(0, b % PICTURES, COLUMNS, 1);
        gl.useProgram(total.program);
        programs.draw(total, { rows: sampled(sums.texture), height: ROWS * bands });
      }
      context.detach();
      return batch * (2 * bands + 1);
    });
  } finally {
    slots.free(blocks);
    slots.free(sums);
  }
}
