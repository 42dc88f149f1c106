// Values that queues and workers refuse with a typed error, before anything is sent.

import { readFileSync } from 'node:fs';
import { createQueue, createWorker } from 'chromask/queue';
import { describe, expect, it, vi } from 'vitest';

class Redis {
  options = { host: 'elsewhere' };
}
const names = ['a:b', '', 5, null, Symbol('x'), ['a']];
const connections = [5, '', null, true, [], () => 1, Symbol('x'), new Redis()];
// nothing answers there
const connection = 'redis://127.0.0.1:1';
type Never = never;

async function refused(call: () => Promise<unknown>, sentence: RegExp): Promise<void> {
  const error = await call().then(
    () => undefined,
    (error: Error) => error,
  );
  expect(error).toMatchObject({
    name: 'ChromaskError',
    code: 'bad-argument',
    message: expect.stringMatching(sentence),
  });
}

for (const [operation, create] of [
  ['createQueue', createQueue],
  ['createWorker', createWorker],
] as const) {
  describe(operation, () => {
    for (const name of names) {
      it(`refuses ${typeof name} ${String(name)} as name`, () =>
        refused(
          () => create({ connection, name: name as Never }),
          new RegExp(`^${operation}: name must be .+, got .+`),
        ));
    }
    for (const [i, one] of connections.entries()) {
      it(`refuses ${typeof one} ${i} as connection`, () =>
        refused(
          () => create({ connection: one as Never }),
          new RegExp(`^${operation}: connection must be .+, got .+`),
        ));
    }
    for (const options of [null, 5, 'redis://127.0.0.1', Symbol('x'), [Symbol('x')]]) {
      it(`refuses ${typeof options} as options`, () =>
        refused(() => create(options as Never), new RegExp(`^${operation}: options must be an object, got .+`)));
    }
  });
}

describe('createWorker', () => {
  for (const [option, value] of Object.entries({
    from: 5,
    to: { options: {} },
    device: Symbol('x'),
    concurrency: Object.create(null),
    lock: '30',
    onDone: 'print',
  })) {
    it(`refuses ${typeof value} as ${option}`, () =>
      refused(
        () => createWorker({ connection, [option]: value } as Never),
        new RegExp(`${option} must be .+, got .+`),
      ));
  }
});

it('bullmq that is not installed has the code that docs/errors.md says', async () => {
  vi.doMock('bullmq', () => {
    throw new Error('there is none');
  });
  const { bull } = await import('../../src/queue/bull.js');
  const { code } = await bull().catch((error) => error);
  vi.doUnmock('bullmq');
  const rows = readFileSync('docs/errors.md', 'utf8').split('\n');
  expect(code).toBe('missing');
  expect(rows.filter((row) => row.includes('`bullmq`')).map((row) => row.split('`')[1])).toEqual([code]);
});
