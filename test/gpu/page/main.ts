// Runs checks by name inside the browser, in the page or in a worker.
import { checks } from './checks.js';

type Check = (given: never) => Promise<unknown>;
const named = checks as Record<string, Check>;

if (typeof document === 'undefined') {
  addEventListener('message', async ({ data }: MessageEvent) => {
    const answer = await named[data.check](data.given as never).then(
      (value) => ({ value }),
      (error: unknown) => ({ error: String(error instanceof Error ? error.stack : error) }),
    );
    postMessage(answer);
  });
} else {
  Object.assign(globalThis, {
    checksReady: true,
    async ask(where: string, check: string, given: never): Promise<unknown> {
      if (where === 'page') return named[check](given);
      const worker = new Worker('/checks.js');
      try {
        return await new Promise((resolve, reject) => {
          worker.onmessage = ({ data }) => (data.error ? reject(new Error(data.error)) : resolve(data.value));
          worker.onerror = (event) => reject(new Error(event.message));
          worker.postMessage({ check, given });
        });
      } finally {
        worker.terminate();
      }
    },
  });
}
