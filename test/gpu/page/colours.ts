import type { OpName } from '../../../src/ops.js';
import { engineOf, result, stepOf, upload } from './tools.js';

/** SHA-256 of a channel over all 16,777,216 colours, byte index (R << 16) | (G << 8) | B. */
export async function colours({ channels }: { channels: Record<string, OpName> }): Promise<Record<string, string>> {
  const engine = await engineOf();
  try {
    const extent = { batch: 1, height: 4096, width: 4096, channels: 4, dtype: 'uint8' } as const;
    const data = new Uint8Array(2 ** 26);
    const words = new Uint32Array(data.buffer);
    for (let i = 0; i < 2 ** 24; i++)
      words[i] = (i >>> 16) | (i & 0xff00) | ((i & 255) << 16) | (((i * 7) & 255) << 24);
    const source = upload(engine, { extent, data });
    const hashes: Record<string, string> = {};
    for (const [label, op] of Object.entries(channels)) {
      const out = await result(engine, { ...extent, channels: 1 }, source, [stepOf(op, extent)]);
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(out as Uint8Array)));
      hashes[label] = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
    }
    return hashes;
  } finally {
    engine.close();
  }
}
