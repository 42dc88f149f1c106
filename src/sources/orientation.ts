// How a PNG is to be turned, read where Pillow's `exif_transpose` reads it: its block of EXIF, ImageMagick's profile in text
// where there is no block, and XMP where neither has the tag.
import type { OpenFile } from '../png/decode.js';
import { oriented, tagged } from './exif.js';

/** Lines: none, the name, the length, then hexadecimal. */
const PROFILE = 'Raw profile type exif';
const XMP = 'XML:com.adobe.xmp';

/** 1 to 8, as EXIF counts them. */
export function orientationIn(file: OpenFile): number {
  const own = file.exif && tagged(file.exif);
  if (own !== undefined) return oriented(own);
  // of one name, the last counts
  const text = new Map(file.text().map((entry) => [entry.keyword, entry.text]));
  const plain = text.get('exif');
  const profile = text.get(PROFILE);
  const block = plain !== undefined ? bytes(plain) : profile === undefined ? undefined : hexadecimal(profile);
  const told = file.exif || !block ? undefined : tagged(block);
  if (told !== undefined) return oriented(told);
  return oriented(Number(/tiff:Orientation(?:="|>)([0-9])/.exec(text.get(XMP) ?? '')?.[1] ?? 1));
}

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

function hexadecimal(profile: string): Uint8Array | undefined {
  const digits = profile.split('\n').slice(3).join('').replaceAll(/\s/g, '');
  if (digits.length % 2 || /[^0-9a-f]/i.test(digits)) return undefined;
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16));
}
