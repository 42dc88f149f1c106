// The same in Node, whose threads are started from text: no file to be found, wherever a bundler has put the rest.
import { parentPort } from 'node:worker_threads';
import { thread } from './thread.js';

const hear = thread((text) => parentPort?.postMessage(text));
parentPort?.on('message', hear);
