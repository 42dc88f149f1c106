// `chromask/queue`: masks of millions of pictures, by BullMQ on Redis or Valkey.
export type { Connection } from './bull.js';
export type { DeadLetter, JobResult, Picture } from './data.js';
export { type AddOptions, createQueue, type Failure, type PictureQueue, type QueueOptions } from './queue.js';
export type { Status } from './status.js';
export type { Store, StoreSpec } from './stores.js';
export { createWorker, type PictureWorker, type WorkerOptions } from './worker.js';
