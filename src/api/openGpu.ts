// Opens an engine on the GPU: whether it can be trusted, which engine follows when it is lost, and which does what it lacks.
import { ChromaskError } from '../base/errors.js';
import type { Engine } from '../engine.js';
import { type Aid, aid } from '../graph/aid.js';
import type { Losing } from '../graph/failover.js';

export interface Gpu {
  readonly webgl: typeof import('../webgl/open.js');
  /** A host's context. */
  readonly gl: WebGL2RenderingContext | undefined;
  readonly memory: number;
  /** Is told why a GPU is not taken, and what one leaves to others. */
  readonly why: string[];
  /** Opens an engine with kernels. */
  kernels(): Promise<Engine>;
}

/** The engine that may be faster, and the notes that opening it made. */
export interface Rival {
  readonly said: readonly string[];
  open(): Promise<Engine>;
}

/** Undefined, with a note, if no GPU can be trusted or the rival is faster. */
export async function openGpu({ webgl, gl, memory, why }: Gpu, rival?: Rival): Promise<Engine | undefined> {
  const opened = await webgl.openWebgl({ gl, memory, rival: rival && (() => fast(rival)) });
  why.push('engine' in opened ? webgl.LACKS : opened.refused);
  return 'engine' in opened ? opened.engine : undefined;
}

/** WASM, if the page's policy allows it: kernels as plain JavaScript are slower than any GPU. */
async function fast({ said, open }: Rival): Promise<Engine> {
  await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  const engine = await open();
  if (said.length) throw new ChromaskError('no-device', said.join('; '));
  return engine;
}

/** After a loss: the GPU again if its context comes back soon, otherwise WASM, which also does what a GPU cannot. */
export const aidFor = (gpu: Gpu): ((losing: Losing) => Aid) =>
  aid(
    async (lost) => ((await gpu.webgl.restored(lost, gpu.why)) && (await openGpu(gpu))) || gpu.kernels(),
    gpu.kernels,
  );
