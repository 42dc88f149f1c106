// What an ICC profile says of itself (ICC.1:2022): its name, the numbers it is for, and whether it is sRGB or Display P3.
// A profile is read, never applied.
import { u16, u32 } from '../png/header.js';

export interface Icc {
  name: string;
  space: 'srgb' | 'display-p3' | 'other';
  /** `RGB `, `GRAY`, `CMYK`, …. */
  colours: string;
}

const HEAD = 128;
const MOST_TAGS = 200;
const MOST_LETTERS = 200;

/** Undefined where the bytes are no ICC profile. */
export function describe(bytes: Uint8Array): Icc | undefined {
  if (bytes.length < HEAD + 4 || letters(bytes, 36, 4) !== 'acsp' || u32(bytes, 0) > bytes.length) return undefined;
  const count = Math.min(u32(bytes, HEAD), MOST_TAGS);
  const tags = new Map<string, Uint8Array>();
  for (let i = 0, at = HEAD + 4; i < count && at + 12 <= bytes.length; i++, at += 12) {
    const from = u32(bytes, at + 4);
    const to = from + u32(bytes, at + 8);
    if (from < HEAD || to > bytes.length) return undefined;
    tags.set(letters(bytes, at, 4), bytes.subarray(from, to));
  }
  const colours = letters(bytes, 16, 4);
  return {
    name: named(tags.get('desc')) || `an unnamed profile (${colours.trim()})`,
    space: spaceOf(colours, tags),
    colours,
  };
}

const letters = (bytes: Uint8Array, at: number, count: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + count));

/** `desc` of version 2 is Latin letters behind a count; `mluc` of version 4 is UTF-16 in several languages, of which the first counts. */
function named(tag: Uint8Array = new Uint8Array()): string {
  const type = letters(tag, 0, 4);
  let name = '';
  if (type === 'desc') name = letters(tag, 12, Math.min(u32(tag, 8), MOST_LETTERS));
  if (type === 'mluc' && u32(tag, 8) > 0) {
    const at = u32(tag, 24);
    const codes = Array.from({ length: Math.min(u32(tag, 20) >> 1, MOST_LETTERS) }, (_, i) => u16(tag, at + 2 * i));
    name = String.fromCharCode(...codes);
  }
  // it goes into messages
  return name
    .replace(/\0.*$/s, '')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
    .trim();
}

/** The primaries of both spaces adapted to D50, X Y Z of red, green and blue. */
const PRIMARIES = {
  srgb: [0.43607, 0.22249, 0.01392, 0.38515, 0.71687, 0.09708, 0.14307, 0.06061, 0.7141],
  'display-p3': [0.51512, 0.2412, -0.00105, 0.29198, 0.69225, 0.04189, 0.1571, 0.06657, 0.78407],
} as const;

/** Profiles of one space differ in the fourth place by how their makers rounded. */
const NEAR = 0.002;

function spaceOf(colours: string, tags: ReadonlyMap<string, Uint8Array>): Icc['space'] {
  const curves = ['rTRC', 'gTRC', 'bTRC'].map((name) => tags.get(name));
  // lookup tables would take precedence over primaries
  if (colours !== 'RGB ' || tags.has('A2B0') || !curves.every(isOfSrgb)) return 'other';
  const found = ['rXYZ', 'gXYZ', 'bXYZ'].flatMap((name) => {
    const tag = tags.get(name) ?? new Uint8Array();
    return [8, 12, 16].map((at) => (u32(tag, at) | 0) / 65536);
  });
  const near = (space: keyof typeof PRIMARIES): boolean =>
    PRIMARIES[space].every((value, i) => Math.abs(value - found[i]) < NEAR);
  return near('srgb') ? 'srgb' : near('display-p3') ? 'display-p3' : 'other';
}

/** Whether a curve is that of sRGB, which Display P3 has too: by its formula, or by its middle where it is a table. */
function isOfSrgb(tag: Uint8Array | undefined): boolean {
  if (!tag) return false;
  if (letters(tag, 0, 4) === 'para' && u16(tag, 8) === 3) {
    const numbers = [12, 16, 20, 24, 28].map((at) => (u32(tag, at) | 0) / 65536);
    return [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].every((v, i) => Math.abs(v - numbers[i]) < NEAR);
  }
  const count = u32(tag, 8);
  if (letters(tag, 0, 4) !== 'curv' || count < 16 || 12 + 2 * count > tag.length) return false;
  return [0.1, 0.25, 0.5, 0.75].every((share) => {
    const i = Math.round(share * (count - 1));
    const x = i / (count - 1);
    return Math.abs(u16(tag, 12 + 2 * i) / 65535 - ((x + 0.055) / 1.055) ** 2.4) < NEAR;
  });
}
