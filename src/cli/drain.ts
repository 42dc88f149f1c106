// When a queue is worked off, and whether that is all that was ever added to it: Redis may lose what it has, or be told to.
import type { PictureQueue, Status } from 'chromask/queue';

export interface Drained {
  /** Pictures that were added, as far as the queue ever said. */
  added: number;
  /** Those that were worked on. */
  ended: number;
  lost: boolean;
}

/** Waits until nothing is left. What the queue said at any time counts: a Redis that comes back empty knows of nothing. */
export async function drained(queue: PictureQueue): Promise<Drained> {
  let most = { jobs: 0, pictures: 0 };
  let ended = 0;
  for (let quiet = 0; ; ) {
    const status = await queue.status().catch(() => undefined); // Redis is away
    if (status) {
      const { jobs, pictures, added } = status;
      if (added.jobs > most.jobs) most = added;
      ended = Math.max(ended, pictures.done + pictures.failed);
      const left = jobs.waiting + jobs.active + jobs.delayed;
      // its counts are not of one moment: a job may be between two of them
      quiet = left === 0 ? quiet + 1 : 0;
      if (quiet > 1 || (left === 0 && missing(status, most.jobs) === 0))
        return { added: most.pictures, ended, lost: missing(status, most.jobs) > 0 };
    }
    await new Promise((done) => setTimeout(done, 500));
  }
}

/** Jobs that were added and have not ended, those included that the queue has forgotten. */
const missing = ({ added }: Status, most: number): number => added.lost + Math.max(0, most - added.jobs);
