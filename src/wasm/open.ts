// Opens the WASM engine with the caller's kernels or the embedded ones.

import { ChromaskError } from '../base/errors.js';
import type { Engine } from '../engine.js';
import { WasmEngine } from './engine.js';
import type { WasmSource } from './module.js';
import { type Part, start } from './start.js';

/** How many threads work together, and where their script is. */
export interface Threading {
  readonly threads: number | 'auto';
  readonly script?: string | URL | undefined;
}

/**
 * `why` receives the reason if kernels run as JavaScript; `notes` the reason, perhaps later, if threads cannot run
 * them.
 */
export async function openWasm(
  source: WasmSource | undefined,
  memory: number,
  why: string[],
  threading: Threading,
  notes = why,
): Promise<Engine> {
  try {
    const threads = threading.threads === 1 ? undefined : await import('./threads.js');
    const members = (await threads?.membersOf(threading.threads, source, notes)) ?? 1;
    const started = await start('core', source, members > 1 ? threads?.pagesFor(memory) : undefined);
    if (started.why) why.push(started.why);
    const crew = started.shared && threads?.crewOf(members, started.shared, started.kernels, threading.script, notes);
    const part = crew ? async (name: Part) => crew.placed(await started.part(name)) : started.part;
    return new WasmEngine(started.kernels, started.memory, { memory, side: 2 ** 30 }, part, crew);
  } catch (error) {
    if (error instanceof ChromaskError) throw error;
    throw new ChromaskError('no-device', `open: WASM cannot run here: ${String(error)}`, { cause: error });
  }
}
