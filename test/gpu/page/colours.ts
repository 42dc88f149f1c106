import type { Channel } from '../../../src/index.js';
import { open } from './whole.js';

/** SHA-256 of each channel over all 16,777,216 colours, byte index (R << 16) | (G << 8) | B, by the built library. */
export async function colours({
  channels,
  on = 'webgl2',
}: {
  channels: Channel[];
  on?: 'webgl2' | 'wasm';
}): Promise<Record<string, string>> {
  const device = await open(on);
  const data = new Uint8Array(2 ** 26);
  const words = new Uint32Array(data.buffer);
  for (let i = 0; i < 2 ** 24; i++) words[i] = (i >>> 16) | (i & 0xff00) | ((i & 255) << 16) | (((i * 7) & 255) << 24);
  const image = device.image(data, [1, 4096, 4096, 4]);
  const hashes: Record<string, string> = { device: device.name };
  const into = new Uint8Array(2 ** 24);
  for (const name of channels) {
    const hash = await crypto.subtle.digest('SHA-256', (await image.channel(name).bytes({ into })) as typeof into);
    hashes[name] = Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }
  device.close();
  return hashes;
}
