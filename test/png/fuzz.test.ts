import { expect, test } from 'vitest';
import { ChromaskError } from '../../src/base/errors.js';
import { decode, type Picture } from '../../src/png/index.js';
import type { Room } from '../../src/png/room.js';
import { guarded, roomOf } from './guard.js';
import { mutator } from './mutate.js';

test('20,000 damaged files: none takes a second, none throws an untyped error, memory stays flat, no kernel leaves its slot', async () => {
  const room = guarded(await roomOf('simd')),
    next = mutator(20260),
    limits = { pixels: 1e6 };
  let worst = 0,
    decoded = 0,
    settledMemory = 0;
  const formats = ['native', 'rgba8', 'rgba16'] as const;
  for (let i = 0; i < 20000; i++) {
    const bytes = next(),
      start = process.cpuUsage();
    try {
      await decode(bytes, { room, limits, format: formats[i % 3] ?? 'native' });
      decoded++;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'ChromaskError')
        throw new Error(`mutation ${i}: untyped`, { cause: error });
      if (error.message.includes('kernel')) throw error;
    }
    // the processor's time: a machine that stands still for a second is not our hang
    const { user, system } = process.cpuUsage(start);
    worst = Math.max(worst, (user + system) / 1000);
    if (i === 5000) settledMemory = room.memory.buffer.byteLength;
  }
  expect(worst).toBeLessThan(1000);
  expect(decoded).toBeGreaterThan(500);
  expect(room.arena.held).toBe(0);
  expect(room.memory.buffer.byteLength).toBeLessThanOrEqual(settledMemory + 16 * 2 ** 20);
});

test('the build without vectors accepts, refuses and decodes the same damaged files', async () => {
  const load = async (name: 'simd' | 'scalar'): Promise<Room> => guarded(await roomOf(name));
  const rooms = [await load('simd'), await load('scalar')],
    next = mutator(77);
  for (let i = 0; i < 3000; i++) {
    const bytes = next();
    const [one, two] = await Promise.all(
      rooms.map((room) =>
        decode(bytes, { room, limits: { pixels: 1e6 } }).catch((error: unknown): string =>
          error instanceof ChromaskError ? error.code : String(error),
        ),
      ),
    );
    const flat = (got: Picture | string | undefined): unknown =>
      typeof got === 'object' ? [got.width, got.height, got.channels, ...got.data] : got;
    expect(flat(two), `mutation ${i}`).toEqual(flat(one));
  }
});
