// The colour profile of a file: an ICC profile in PNG, JPEG, WebP or AVIF, or the code points of ITU-T H.273 in PNG or AVIF. Loaded
// where a file seems to have one. A faulty profile is left out with a warning; the picture is read.
import { joined } from '../base/arrays.js';
import { ChromaskError } from '../base/errors.js';
import type { Profile } from '../graph/profiles.js';
import { u16, u32 } from '../png/header.js';
import { inflated } from '../png/inflate.js';
import { blocksOf, kernel, type Room } from '../png/room.js';
import type { Format } from './format.js';
import { CICP, ICCP, profileChunks, segments } from './hasProfile.js';
import { describe } from './icc.js';
import { partOf } from './webp.js';

/** The most bytes of a profile, as many as of a PNG's text. The largest, those of printers, have two or three million. */
export const MOST = 8 << 20;

export interface Found {
  profile: Profile | undefined;
  warnings: string[];
}

/** `room`: where the profile of a PNG is inflated. `strict` refuses a PNG for a profile that libpng would warn about. */
export async function readProfile(
  bytes: Uint8Array,
  format: Format,
  room: () => Promise<Room>,
  strict: boolean,
): Promise<Found> {
  try {
    const profile = await profileIn(bytes, format, room);
    return { profile, warnings: profile && profile.space !== 'srgb' ? [told(profile)] : [] };
  } catch (error) {
    if (!(error instanceof ChromaskError) || error.code === 'out-of-memory' || (strict && format === 'png'))
      throw error;
    return { profile: undefined, warnings: [error.message] };
  }
}

const told = ({ name }: Profile): string =>
  `profile: colours are those of ${name}, not of sRGB; masks are made of the stored bytes`;

const bad = (expectation: string, got: string | number): ChromaskError =>
  new ChromaskError('bad-format', `profile: must be ${expectation}, got ${got}`);

async function profileIn(bytes: Uint8Array, format: Format, room: () => Promise<Room>): Promise<Profile | undefined> {
  if (format === 'png') return ofPng(bytes, room);
  if (format === 'jpeg') {
    const own = ofJpeg(bytes);
    return own && icc(own);
  }
  return format === 'webp' ? icc(ofWebp(bytes)) : ofAvif(bytes);
}

function icc(bytes: Uint8Array): Profile {
  if (bytes.length > MOST) throw bad(`at most ${MOST} bytes`, bytes.length);
  const own = new Uint8Array(bytes);
  const known = describe(own);
  if (!known) throw bad('an ICC profile', `${bytes.length} bytes that are none`);
  return { kind: 'icc', name: known.name, space: known.space, bytes: own };
}

/** ITU-T H.273: what people call these primaries with the transfer of sRGB, where it has a name. */
const PRIMARIES: Readonly<Record<number, string>> = { 1: 'BT.709', 9: 'BT.2020', 11: 'DCI-P3', 12: 'Display P3' };
const TRANSFERS: Readonly<Record<number, string>> = { 1: 'BT.709', 13: 'sRGB', 16: 'PQ', 18: 'HLG' };

/** Of primaries, transfer, matrix and whether the whole range of values is used. */
function cicp(bytes: Uint8Array<ArrayBuffer>): Profile {
  const [primaries, transfer, , full] = bytes;
  const sRgb = transfer === 13 && full === 1;
  const space = sRgb && primaries === 1 ? 'srgb' : sRgb && primaries === 12 ? 'display-p3' : 'other';
  const [p, t] = [PRIMARIES[primaries] ?? `primaries ${primaries}`, TRANSFERS[transfer] ?? `transfer ${transfer}`];
  const name =
    space === 'srgb' ? 'sRGB' : space === 'display-p3' ? 'Display P3' : `${p}, ${t}${full ? '' : ', narrow range'}`;
  return { kind: 'cicp', name, space, bytes };
}

/** PNG, third edition, 11.3.2: code points count before an ICC profile. */
async function ofPng(bytes: Uint8Array, room: () => Promise<Room>): Promise<Profile | undefined> {
  const chunks = profileChunks(bytes);
  const points = chunks.get(CICP);
  const own = points ?? chunks.get(ICCP);
  if (!own) return undefined;
  const kernels = await room();
  // a wrong sum is a warning of the PNG already
  if (!isSound(kernels, own)) return undefined;
  if (points) {
    if (points.length !== 12) throw bad('four code points', `${points.length - 8} bytes`);
    // a PNG holds RGB, so the matrix must be 0; the range is 1 if all values are used, else 0
    if (points[6] !== 0 || points[7] > 1) throw bad('RGB', `the matrix ${points[6]} and range ${points[7]}`);
    return cicp(points.slice(4, 8));
  }
  const body = own.subarray(4, -4);
  const end = body.subarray(0, 80).indexOf(0);
  if (end < 1 || body[end + 1] !== 0)
    throw bad('led by a name and compressed by method 0', `${body.length} bytes that are not`);
  return icc(unpacked(kernels, body.subarray(end + 2)));
}

/** Whether the CRC behind a chunk is that of its name and data. */
function isSound(room: Room, chunk: Uint8Array): boolean {
  const { alloc, free } = blocksOf(room);
  try {
    const size = chunk.length - 4;
    const [table, at] = [alloc(16384), alloc(chunk.length)];
    kernel(room, 'crcTable')(table);
    room.arena.u8(at, chunk.length).set(chunk);
    return kernel(room, 'crc')(table, at, size, 0) >>> 0 === u32(chunk, size);
  } finally {
    free();
  }
}

function unpacked(room: Room, packed: Uint8Array): Uint8Array<ArrayBuffer> {
  const { alloc, free } = blocksOf(room);
  try {
    const at = alloc(packed.length);
    room.arena.u8(at, packed.length).set(packed);
    return inflated(room, 'the colour profile', at, packed.length, MOST);
  } finally {
    free();
  }
}

/** ICC.1:2022, annex B.4: segments of 'ICC_PROFILE', a zero, their number and how many there are. */
function ofJpeg(bytes: Uint8Array): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  let count = 0;
  for (const { marker, at, end } of segments(bytes)) {
    if (marker !== 0xe2 || String.fromCharCode(...bytes.subarray(at, at + 12)) !== 'ICC_PROFILE\0') continue;
    const number = bytes[at + 12];
    count ||= bytes[at + 13];
    if (end < at + 14 || number < 1 || number > count || bytes[at + 13] !== count || parts[number - 1])
      throw bad(`in parts 1 to ${count}, each there once`, `part ${number}`);
    parts[number - 1] = bytes.subarray(at + 14, end);
  }
  const missing = Array.from({ length: count }, (_, i) => parts[i] === undefined).indexOf(true);
  if (missing >= 0) throw bad(`in parts 1 to ${count}, each there once`, `none of number ${missing + 1}`);
  return count ? joined(parts) : undefined;
}

function ofWebp(bytes: Uint8Array): Uint8Array {
  const part = partOf(bytes, 0x49434350);
  if (!part) throw bad('there, as the file says it is', 'none');
  const { from, to } = part;
  if (to > bytes.length) throw bad('whole', `${bytes.length - from} bytes of ${to - from}`);
  return bytes.subarray(from, to);
}

/** The boxes of ISO/IEC 14496-12 that lead to properties of pictures, each with how many bytes come before its own boxes. */
const WAY = [
  ['meta', 4],
  ['iprp', 0],
  ['ipco', 0],
] as const;

/** `colr` of an AVIF: the first ICC profile, or else the first code points. A file without is sRGB, and so is one of BT.709. */
function ofAvif(bytes: Uint8Array): Profile | undefined {
  let inside = bytes;
  for (const [name, skipped] of WAY)
    inside =
      boxes(inside)
        .find((box) => box.name === name)
        ?.data.subarray(skipped) ?? new Uint8Array();
  const colours = boxes(inside)
    .filter(({ name }) => name === 'colr')
    .map(({ data }) => ({ type: ascii(data), data }));
  const own = colours.find(({ type }) => type === 'prof' || type === 'rICC');
  if (own) return icc(own.data.subarray(4));
  const points = colours.find(({ type }) => type === 'nclx')?.data;
  if (!points || points.length < 11) return undefined;
  const [primaries, transfer] = [u16(points, 4), u16(points, 6)];
  // 2: it is not said
  if (primaries === 2 || transfer === 2 || primaries > 255 || transfer > 255) return undefined;
  return cicp(Uint8Array.of(primaries, transfer, 0, 1));
}

function boxes(bytes: Uint8Array): { name: string; data: Uint8Array }[] {
  const found: { name: string; data: Uint8Array }[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const said = u32(bytes, at);
    // 0: up to the end; 1: in 64 bits, which no box on this way needs
    const length = said || bytes.length - at;
    if (length < 8) break;
    found.push({ name: ascii(bytes.subarray(at + 4)), data: bytes.subarray(at + 8, at + length) });
    at += length;
  }
  return found;
}

const ascii = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 4));
