// upng-js, loaded when first needed. Its files are not trusted: chromask's reader decodes and compares each one
// before it is used (2.1.0 drops the end of small and of noisy pictures).
/**
 * The most pixels in all frames that it receives, because it cannot be stopped and takes a tenth of a second for
 * these.
 */
export const UPNG_PIXELS = 2 ** 16;

export async function upngEncode(
  frames: readonly Uint8Array[],
  width: number,
  height: number,
  delays?: readonly number[],
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { default: upng } = await import('upng-js');
  try {
    // it may write into the buffers it receives
    const buffers = frames.map((frame) => frame.slice().buffer);
    return new Uint8Array(upng.encode(buffers, width, height, 0, delays ? [...delays] : undefined));
  } catch {
    return undefined; // it throws strings and TypeErrors for what it cannot write; chromask's own file is used then
  }
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
