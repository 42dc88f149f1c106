// What a file is, by its first bytes; its name and declared type do not count.

export type Format = 'png' | 'jpeg' | 'gif' | 'webp' | 'avif' | 'heic' | 'bmp' | 'tiff' | 'svg' | 'jxl' | 'unknown';

const at = (bytes: Uint8Array, offset: number, text: string): boolean =>
  Array.from(text).every((letter, i) => bytes[offset + i] === letter.charCodeAt(0));

export function formatOf(bytes: Uint8Array): Format {
  if (at(bytes, 0, '\x89PNG')) return 'png';
  if (at(bytes, 0, '\xff\xd8\xff')) return 'jpeg';
  if (at(bytes, 0, 'GIF8')) return 'gif';
  if (at(bytes, 0, 'RIFF') && at(bytes, 8, 'WEBP')) return 'webp';
  if (at(bytes, 4, 'ftyp')) {
    // the brand it goes by may be a general one; those that it also fits follow
    const brands = String.fromCharCode(...bytes.subarray(8, 48));
    return /avi[fs]/.test(brands) ? 'avif' : 'heic';
  }
  if (at(bytes, 0, 'BM')) return 'bmp';
  if (at(bytes, 0, 'II*\0') || at(bytes, 0, 'MM\0*')) return 'tiff';
  if (at(bytes, 0, '\xff\x0a') || at(bytes, 0, '\0\0\0\x0cJXL')) return 'jxl';
  if (at(bytes, 0, '<svg') || at(bytes, 0, '<?xml')) return 'svg';
  return 'unknown';
}
