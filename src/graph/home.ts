// Where batches belong: the evaluator of this thread, or the connection to one in a worker.
import type { ImageBatch } from '../api/image.js';
import type { MaskBatch } from '../api/mask.js';
import type { Extent, Numbers, Stats } from '../engine.js';
import type { Evaluator } from './evaluator.js';
import type { Call } from './held.js';
import type { LifeEvent } from './listeners.js';
import type { Node } from './node.js';

export interface Home {
  readonly name: 'wasm' | 'webgl2';
  readonly limits: { readonly memory: number; readonly cache: number; readonly side: number };
  readonly closed: boolean;
  /** The evaluator itself, where the work is done on this thread. */
  readonly here: Evaluator | undefined;
  /** Makes its own kinds of batches, where the work is done elsewhere. */
  readonly classes?: {
    mask(node: Node, call?: Call): MaskBatch;
    image(node: Node, call?: Call): ImageBatch;
  };
  /** The node of numbers from outside. They are copied. */
  source(pixels: Numbers, extent: Extent): Node;
  /** Whether a node's numbers are there now. */
  has(node: Node): boolean;
  /** Listen to the life of the engine. Gives the function that stops listening. */
  on(event: LifeEvent, listener: () => void): () => void;
  stats(): Stats;
  close(): void;
}
