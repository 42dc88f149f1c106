// When a queue is done, and whether that is all that was ever added to it: Redis may lose jobs, or jobs may be removed.
import type { PictureQueue, Status } from 'chromask/queue';

export interface Drained {
  /** Pictures that were added, as far as the queue ever said. */
  added: number;
  /** Those that were worked on. */
  ended: number;
  lost: boolean;
}

/** Waits until nothing is left. Counts of any time count: a Redis that comes back empty knows nothing. */
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
      // its counts are not taken at one moment: a job may move from one to another meanwhile
      quiet = left === 0 ? quiet + 1 : 0;
      if (quiet > 1 || (left === 0 && missing(status, most.jobs) === 0))
        return { added: most.pictures, ended, lost: missing(status, most.jobs) > 0 };
    }
    await new Promise((done) => setTimeout(done, 500));
  }
}

/** Jobs that were added and have not ended, those included that the queue has forgotten. */
const missing = ({ added }: Status, most: number): number => added.lost + Math.max(0, most - added.jobs);
