// An engine on the GPU: whether it can be trusted here, what follows it when it is lost, and what does what it lacks.
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

/** What may be faster, and what was said as it was opened. */
export interface Rival {
  readonly said: readonly string[];
  open(): Promise<Engine>;
}

/** Undefined, and a sentence, where no GPU can be trusted, or the rival is faster. */
export async function openGpu({ webgl, gl, memory, why }: Gpu, rival?: Rival): Promise<Engine | undefined> {
  const opened = await webgl.openWebgl({ gl, memory, rival: rival && (() => fast(rival)) });
  why.push('engine' in opened ? webgl.LACKS : opened.refused);
  return 'engine' in opened ? opened.engine : undefined;
}

/** WASM itself, where a page's policy lets it be: its kernels as plain JavaScript are no match for any GPU. */
async function fast({ said, open }: Rival): Promise<Engine> {
  await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  const engine = await open();
  if (said.length) throw new ChromaskError('no-device', said.join('; '));
  return engine;
}

/** After a lost one the GPU's again if its context comes back soon, else WASM, which also does what a GPU does not. */
export const aidFor = (gpu: Gpu): ((losing: Losing) => Aid) =>
  aid(
    async (lost) => ((await gpu.webgl.restored(lost, gpu.why)) && (await openGpu(gpu))) || gpu.kernels(),
    gpu.kernels,
  );
