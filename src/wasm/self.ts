// The script of a thread in a page.
import { type Message, thread } from './thread.js';

const hear = thread((text) => postMessage(text));
addEventListener('message', ({ data }: MessageEvent<Message>) => hear(data));
