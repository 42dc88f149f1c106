// A worker thread of the command line: a device of its own, one job after another.
import { parentPort, workerData } from 'node:worker_threads';
import { open } from 'chromask';
import { type Job, type Run, runJob } from './job.js';

const command = workerData as Run;
const port = parentPort;
const abort = new AbortController();
const device = open({ device: command.device });

port?.on('message', async (message: Job | 'stop') => {
  if (message === 'stop') {
    abort.abort();
    port.close();
    return;
  }
  try {
    port.postMessage(await runJob(await device, message, command, abort.signal));
  } catch (error) {
    if (!abort.signal.aborted) throw error;
  }
});
