// What a queue remembers about all pictures ever added: which are read, which recipe makes which output, and how
// many there are. Names are kept as hashes: 16 bits choose a key, 52 more are a number in it, which Redis packs to
// about 10 bytes a name.
import { createHash } from 'node:crypto';
import type { Queue } from 'bullmq';
import type { Picture } from './data.js';

export interface Notes {
  /** For each name, whether a job reads it or ever did. */
  read(names: readonly string[]): Promise<boolean[]>;
  /** For each name, the id of the last recipe that was added for it, or an empty string. */
  makers(names: readonly string[]): Promise<string[]>;
  note(pictures: readonly Required<Picture>[], maker: string): Promise<void>;
  count(jobs: number, pictures: number): Promise<void>;
  added(): Promise<{ jobs: number; pictures: number }>;
}

/** Each script takes one key, from which the others derive. In a cluster they share BullMQ's own slot. */
const scripts = {
  chromaskRead: `
    local found = {}
    for i, name in ipairs(ARGV) do found[i] = redis.call('SISMEMBER', KEYS[1] .. ':r:' .. name:sub(1, 4), name:sub(5)) end
    return found`,
  chromaskMakers: `
    local found = {}
    for i, name in ipairs(ARGV) do found[i] = redis.call('HGET', KEYS[1] .. ':w:' .. name:sub(1, 4), name:sub(5)) or '' end
    return found`,
  chromaskNote: `
    for i = 2, #ARGV, 2 do
      redis.call('SADD', KEYS[1] .. ':r:' .. ARGV[i]:sub(1, 4), ARGV[i]:sub(5))
      redis.call('HSET', KEYS[1] .. ':w:' .. ARGV[i + 1]:sub(1, 4), ARGV[i + 1]:sub(5), ARGV[1])
    end
    return 0`,
  chromaskCount: `
    redis.call('HINCRBY', KEYS[1] .. ':added', 'jobs', ARGV[1])
    return redis.call('HINCRBY', KEYS[1] .. ':added', 'pictures', ARGV[2])`,
} as const;

/** Names in one call, because a script blocks all other clients while it runs. */
const AT_ONCE = 500;

export async function notesOf(queue: Queue): Promise<Notes> {
  const client = await queue.getBackend().client;
  for (const [name, lua] of Object.entries(scripts)) client.defineCommand(name, { numberOfKeys: 1, lua });
  const base = queue.toKey('chromask');
  const run = (name: keyof typeof scripts, args: readonly (string | number)[]) =>
    client.runCommand(name, [base, ...args]);
  const ask = async <T>(name: keyof typeof scripts, names: readonly string[]): Promise<T[]> => {
    const found: T[] = [];
    for (let i = 0; i < names.length; i += AT_ONCE) {
      found.push(...((await run(name, names.slice(i, i + AT_ONCE).map(hashed))) as T[]));
    }
    return found;
  };
  return {
    read: async (names) => (await ask<number>('chromaskRead', names)).map((one) => one === 1),
    makers: (names) => ask<string>('chromaskMakers', names),
    async note(pictures, maker) {
      for (let i = 0; i < pictures.length; i += AT_ONCE) {
        const some = pictures.slice(i, i + AT_ONCE);
        await run('chromaskNote', [maker, ...some.flatMap(({ input, output }) => [hashed(input), hashed(output)])]);
      }
    },
    count: (jobs, pictures) => run('chromaskCount', [jobs, pictures]),
    async added() {
      const [jobs, pictures] = await client.hmget(`${base}:added`, 'jobs', 'pictures');
      return { jobs: Number(jobs ?? 0), pictures: Number(pictures ?? 0) };
    },
  };
}

/** An id short enough for Redis to pack. */
export const makerOf = (fingerprint: string, bits: number): string =>
  createHash('sha256').update(`${fingerprint} ${bits}`).digest('hex').slice(0, 12);

function hashed(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return hex.slice(0, 4) + Number.parseInt(hex.slice(4, 17), 16);
}
