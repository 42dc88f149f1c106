// Opens a WebGL2 engine, or says in a sentence why this environment has none.

import { ChromaskError } from '../base/errors.js';
import type { Engine } from '../engine.js';
import { WebglEngine } from './engine.js';
import { outrun, outrunBefore, outrunByName } from './pace.js';
import { narrow, probe } from './probe.js';
import { acquire, release } from './shared.js';
import { Slots } from './slots.js';

export { LACKS, restored } from './restored.js';

export interface WebglOptions {
  /** A host's context, to share it and its canvas. */
  readonly gl?: WebGL2RenderingContext;
  readonly memory: number;
  /** The longest side of a picture. */
  readonly side?: number;
  /**
   * The longest side of a texture, if it should be shorter than the GPU's. Tests use it to cut small pictures into
   * tiles.
   */
  readonly tile?: number;
  /** Opens the device to use instead if that is faster. Without it, speed is not measured. */
  readonly rival?: () => Promise<Engine>;
}

/** The greatest side for which positions in a picture are exact in float32. */
const SIDE = 2 ** 24 - 1;

/** The most operands of one pass. More would exceed the texture units (WebGL2 promises 16). */
const OPERANDS = 6;

export async function openWebgl(options: WebglOptions): Promise<{ engine: WebglEngine } | { refused: string }> {
  const { rival } = options;
  const before = rival && (await outrunBefore());
  if (before) return { refused: `webgl2: ${before}` };
  const gpu = acquire(options.gl);
  if (typeof gpu === 'string') return { refused: `webgl2: ${gpu}` };
  try {
    const slots = new Slots(gpu.context, options.memory, options.tile);
    // from what needs nothing drawn to what takes longest
    const wrong =
      narrow(gpu) ??
      (rival && (await outrunByName(gpu, rival))) ??
      (await probe(gpu, slots)) ??
      (rival && (await outrun(gpu, slots, rival)));
    slots.close();
    if (wrong === undefined) {
      return {
        engine: new WebglEngine(gpu, slots, {
          memory: options.memory,
          side: Math.min(options.side ?? SIDE, SIDE),
          operands: OPERANDS,
        }),
      };
    }
    release(gpu);
    return { refused: `webgl2: ${wrong}` };
  } catch (error) {
    release(gpu);
    if (error instanceof ChromaskError) return { refused: error.message };
    throw error;
  }
}
