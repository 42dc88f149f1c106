// A thread: kernels over the memory that its device shares with it. It waits for messages, so an idle thread costs
// nothing.
import { ALL, BUSY, FAILED, type Job, LEFT, NEXT } from './job.js';
import type { Kernel } from './module.js';
import { doze, drawn, shareOf } from './share.js';

export type Message =
  | { readonly kind: 'memory'; readonly memory: WebAssembly.Memory; readonly member: number }
  | { readonly kind: 'kernels'; readonly module: WebAssembly.Module; readonly scratch: number; readonly mix: number }
  | { readonly kind: 'job'; readonly job: Job; readonly state: Int32Array };

/** `say` reports an error to the device. */
export function thread(say: (text: string) => void): (message: Message) => void {
  const kernels: Record<string, Kernel> = {};
  let memory: WebAssembly.Memory;
  let member = 0;
  return (message) => {
    switch (message.kind) {
      case 'memory':
        ({ memory, member } = message);
        return;
      case 'kernels': {
        const { exports } = new WebAssembly.Instance(message.module, { env: { memory } });
        const own = exports as Record<string, Kernel>;
        own.scratchAt?.(message.scratch);
        own.stir?.(message.mix);
        Object.assign(kernels, own);
        return;
      }
      case 'job':
        return work(message.job, message.state);
    }
  };

  function work(job: Job, state: Int32Array): void {
    Atomics.store(state, BUSY + member, 1);
    try {
      for (const worked of drawn(state, shareOf(job, kernels, memory, member))) if (!worked) doze(state);
    } catch (error) {
      Atomics.store(state, FAILED, 1);
      Atomics.store(state, NEXT, ALL);
      say(String(error));
    } finally {
      Atomics.store(state, BUSY + member, 0);
      Atomics.add(state, LEFT, 1);
      Atomics.notify(state, LEFT);
    }
  }
}
