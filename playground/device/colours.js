// Channels of all 16,777,216 colours, against hashes of what Pillow and LittleCMS gave: no colour can escape them.
const SIDE = 4096;

/** `step(done, total)` is awaited after each channel. */
export async function colours(device, { channels }, step) {
  const data = new Uint8Array(SIDE * SIDE * 4);
  const words = new Uint32Array(data.buffer);
  // byte index (R << 16) | (G << 8) | B; alpha must not matter
  for (let i = 0; i < words.length; i++)
    words[i] = (i >>> 16) | (i & 0xff00) | ((i & 255) << 16) | (((i * 7) & 255) << 24);
  const image = device.image(data, [1, SIDE, SIDE, 4]);
  const into = new Uint8Array(SIDE * SIDE);
  const names = Object.keys(channels);
  const wrong = [];
  try {
    for (const [i, name] of names.entries()) {
      const hash = await sha256(await image.channel(name).bytes({ into }));
      if (hash !== channels[name]) wrong.push(`${name}: the hash is ${hash}, not ${channels[name]}`);
      await step(i + 1, names.length);
    }
  } finally {
    image.dispose();
  }
  return { tried: names.length, failed: wrong.length, ...(wrong.length && { first: wrong[0] }) };
}

async function sha256(bytes) {
  if (!globalThis.crypto?.subtle) throw new Error('hashes need a secure page: https, or localhost');
  const hash = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
