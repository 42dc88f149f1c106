// One trial of each kind that CONTRIBUTING explains how to add: the files that its recipe names, and their contents.
// An `edit` inserts lines after an existing text; a `file` is new.

const screen = {
  kind: 'a per-pixel operation',
  name: 'screen',
  steps: [
    {
      edit: 'src/ops/joins.ts',
      behind: '  xor: join,\n',
      text: '  /** Lightens: white less the product of what both lack. */\n  screen: join,\n',
    },
    {
      file: 'assembly/joins/screen.ts',
      text: `// White less the product of what both lack; of bytes the product is rounded down.
import { Byte, Float, Word, byte, float, word } from "../lib/lanes";
import { join, joinFloat } from "../lib/join";

@unmanaged
class Screen {
  @inline at(a: Byte, b: Byte): Byte {
    const white = byte.splat(255), p = byte.xor(a, white), q = byte.xor(b, white);
    return byte.xor(word.narrow(product(word.low(p), word.low(q)), product(word.high(p), word.high(q))), white);
  }
}
@unmanaged
class ScreenFloat {
  @inline at(a: Float, b: Float): Float {
    const one = float.splat(1);
    return float.sub(one, float.mul(float.sub(one, a), float.sub(one, b)));
  }
}

// p * q / 255, rounded down
@inline function product(p: Word, q: Word): Word {
  const t = word.add(word.mul(p, q), word.splat(1));
  return word.shr(word.add(word.shr(t, 8), t), 8);
}

export function screen(dst: usize, a: usize, b: usize, n: u32): void { join<Screen>(dst, a, b, n); }
export function screenFloat(dst: usize, a: usize, b: usize, n: u32): void { joinFloat<ScreenFloat>(dst, a, b, n); }
`,
    },
    {
      file: 'glsl/screen.glsl',
      text: `// White less the product of what both lack; of bytes the product is rounded down.
uint screen(uint a, uint b) { return 255u - (255u - a) * (255u - b) / 255u; }
uint lacked(uint a) { return sum(ONE, a ^ SIGN); }
uint screenFloat(uint a, uint b) { return lacked(mul(lacked(a), lacked(b))); }
`,
    },
    {
      edit: 'scripts/record_pixels.py',
      behind: 'JOINS = {\n',
      text: '    "screen": (chop(ImageChops.screen), lambda x, y: 1 - (1 - x) * (1 - y)),\n',
    },
  ],
  numbers: 'test/ops/screen.json',
  record: ['scripts/record_ops.py', 'screen'],
  tests: [['test/ops.test.ts', 'screen']],
};

const clearEdges = {
  kind: 'a region',
  name: 'clearEdges',
  steps: [
    {
      edit: 'src/ops/regions.ts',
      behind: 'export const regions = {\n',
      text: `  /** Connected parts that reach the edge of the picture become black; all other pixels keep their value. */
  clearEdges: {
    kind: 'region',
    on: 'mask',
    of: 'both',
    polarity: 'keeps',
    params: {
      /** 8: parts connect at corners too. 4: at edges only. */
      connectivity: connectivity(8),
      /** Pixels above this value belong to a part. */
      threshold: above(0),
    },
  },
`,
    },
    {
      file: 'assembly/regions/clearEdges.ts',
      text: `// Parts that reach the edge of the picture become black.
import { Frame, numbers } from "../lib/frame";
import { AboveBytes, AboveFloats } from "../lib/above";
import { paint } from "./lib/paint";
import { PIXELS, RUN, Runs, begin, end, parent, runRoom } from "./lib/runs";

@unmanaged
class Edges { connectivity: u32; threshold: f32; }

export function clearEdges(dst: usize, block: usize, scratch: usize): u32 { return cleared<AboveBytes>(dst, block, scratch); }
export function clearEdgesFloat(dst: usize, block: usize, scratch: usize): u32 { return cleared<AboveFloats>(dst, block, scratch); }
export function clearEdgesRoom(block: usize): u32 { return room<AboveBytes>(block); }
export function clearEdgesFloatRoom(block: usize): u32 { return room<AboveFloats>(block); }

@inline function room<T>(block: usize): u32 {
  const f = changetype<Frame>(block), limit = changetype<T>(0).limit(changetype<Edges>(numbers(block)).threshold);
  return runRoom<T>(f.a, f.aWidth, f.aHeight, f.aBatch, limit, 0, <u32>RUN);
}

@inline function cleared<T>(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), edges = changetype<Edges>(numbers(block)), runs = changetype<Runs>(scratch);
  const t = changetype<T>(0), width = f.width, stride = <usize>width * t.size();
  if (!f.from) {
    runs.open();
    runs.outside();
  }
  if (runs.stage == 0) {
    const src = f.first(f.picture), limit = t.limit(edges.threshold);
    for (let left: i32 = PIXELS; left > 0 && runs.row < f.height; left -= width) {
      const at = <usize>runs.row * stride;
      memory.copy(dst + at, src + at, stride);
      runs.push<T>(src + at, width, limit, 0, edges.connectivity);
      runs.edge(width, f.height);
    }
    runs.taken(f.height);
  } else if (runs.stage == 1) runs.settling();
  else {
    const stop = runs.stop(), outside = runs.first();
    for (let run = runs.at; run < stop; run += RUN) if (parent(run) == outside) paint(dst, begin(run), end(run), t.size(), 0);
    return runs.passed(stop);
  }
  return 1;
}
`,
    },
    {
      edit: 'scripts/selections.py',
      behind: '        yield given(image, options, out)\n',
      text: `

def clear_edges():
    for k, mask in enumerate(masks()):
        options = options_of(k)
        labels, _ = ndimage.label(above(mask, options['threshold']), cross(options['connectivity']))
        edge = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
        yield given(mask, options, np.where(np.isin(labels, edge[edge > 0]), 0, mask).astype('u1'))
`,
    },
    {
      edit: 'scripts/selections.py',
      behind: 'RECORDED = {\n',
      text: "    'clearEdges': (clear_edges, 'scipy 1.10 label'),\n",
    },
  ],
  numbers: 'test/ops/clearEdges.json',
  record: ['scripts/selections.py', 'clearEdges'],
  tests: [['test/ops.test.ts', 'clearEdges']],
};

const average = {
  kind: 'a node',
  name: 'Masks Average',
  steps: [
    {
      edit: 'src/comfy/packs/was/joins.ts',
      behind: 'export const joins = {\n',
      text: `  'Masks Average': node({
    ...was,
    title: 'Masks Average',
    about: 'Half way between two masks, in floats.',
    inputs: two,
    outputs: masks,
    run: ({ masks_a, masks_b }) => [masks_a.as('float32').average(masks_b.as('float32'))],
  }),

`,
    },
    {
      edit: 'src/comfy/packs/index.ts',
      behind: "'Masks Add', 'Masks Subtract', ",
      text: "'Masks Average', ",
    },
    {
      file: 'test/packs/was.test.ts',
      text: `// What the recorded calls of WAS leave open, by its source.
import { expect, it } from 'vitest';
import { runNode } from '../../src/comfy/index.js';
import { open } from '../../src/index.js';

it("'Masks Average' is half of the sum of both", async () => {
  const device = await open({ device: 'wasm' });
  const [a, b] = [[0, 1, 0.5], [1, 1, 0.25]].map((values) => device.mask(Float32Array.from(values), [1, 1, 3]));
  const [mask] = await runNode(device, 'Masks Average', { masks_a: a, masks_b: b });
  expect([...(await mask.data())]).toEqual([0.5, 1, 0.375]);
});
`,
    },
  ],
  tests: [
    ['test/packs/was.test.ts', ''],
    ['test/packs.test.ts', 'packs'],
  ],
};

export const trials = [screen, clearEdges, average];
