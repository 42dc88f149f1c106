// The script of a thread in a page.
import { type Message, thread } from './thread.js';

const receive = thread((text) => postMessage(text));
addEventListener('message', ({ data }: MessageEvent<Message>) => receive(data));
