// The script of a thread in Node. Threads are started from its text, so that bundlers need not place a file for them.
import { parentPort } from 'node:worker_threads';
import { thread } from './thread.js';

const receive = thread((text) => parentPort?.postMessage(text));
parentPort?.on('message', receive);
