// Which device `auto` takes, at its first call on a page and at the next one.
import { built } from './tools.js';

type Library = typeof import('../../../src/index.js');

export interface Choice {
  name: string;
  why: string[];
}

export async function choice(): Promise<Choice[]> {
  const { open } = await built<Library>('/dist/chromask.js');
  const found: Choice[] = [];
  for (let i = 0; i < 2; i++) {
    const device = await open();
    found.push({ name: device.name, why: [...device.why] });
    device.close();
  }
  return found;
}
