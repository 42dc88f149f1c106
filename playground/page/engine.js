// The page's end of the worker: sends wishes, passes news on, never computes.

export function createEngine() {
  const worker = new Worker(new URL('../worker/main.js', import.meta.url), { type: 'module' });
  const listeners = new Map();
  const jobs = new Map();
  let last = 0;

  worker.onmessage = ({ data }) => {
    const { type, id } = data;
    if (jobs.has(id)) {
      const { resolve, reject } = jobs.get(id);
      jobs.delete(id);
      return type === 'failed' ? reject(new Error(data.message)) : resolve(data);
    }
    for (const listener of listeners.get(type) ?? []) listener(data);
  };
  worker.onerror = ({ message }) => {
    for (const listener of listeners.get('failed') ?? []) listener({ task: 'start', message });
  };

  const send = (type, value, moved = []) => worker.postMessage({ type, ...value }, moved);

  return {
    on(type, listener) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener]);
    },
    send,
    /** A task with an answer. */
    ask(type, value) {
      const id = ++last;
      return new Promise((resolve, reject) => {
        jobs.set(id, { resolve, reject });
        send(type, { ...value, id });
      });
    },
  };
}
