// tEXt, zTXt and iTXt (PNG specification, 11.3.3). Pixels do not depend on them, so a bad one is left out with a
// warning, and a decompression bomb costs no more than the limit.
import { ChromaskError } from '../base/errors.js';
import type { Layout } from './chunks.js';
import { inflated } from './inflate.js';
import type { Room } from './room.js';
import type { TextEntry } from './types.js';

/** `file`: where the bytes lie in kernel memory. */
export function readEntries(room: Room, file: number, layout: Layout, most: number): TextEntry[] {
  const entries: TextEntry[] = [];
  let left = most;
  for (const chunk of layout.text) {
    try {
      const { entry, size } = one(room, file + chunk.at, chunk.length, chunk.type, left);
      left -= size;
      entries.push(entry);
    } catch (error) {
      if (!(error instanceof ChromaskError) || error.code === 'out-of-memory') throw error;
      layout.warnings.push(`${chunk.type}: ${error.message}`);
      // a stream that exceeds the limit has used it up
      if (error.code === 'limit') break;
    }
  }
  return entries;
}

const bad = (what: string): ChromaskError => new ChromaskError('png-corrupt', `text must be ${what}`);

function one(
  room: Room,
  at: number,
  length: number,
  type: 'tEXt' | 'zTXt' | 'iTXt',
  left: number,
): { entry: TextEntry; size: number } {
  // a copy, because decoders refuse memory that threads share
  const bytes = room.arena.u8(at, length).slice(),
    end = bytes.subarray(0, 80).indexOf(0);
  if (end < 1 || end > 79) throw bad('led by a keyword of 1 to 79 bytes');
  const keyword = latin1(bytes.subarray(0, end));
  if (type === 'tEXt') {
    const size = length - end - 1;
    if (size > left) throw tooMuch(left);
    return { entry: { keyword, text: latin1(bytes.subarray(end + 1)) }, size };
  }
  if (type === 'zTXt') {
    if (bytes[end + 1] !== 0) throw bad('compressed by method 0');
    const body = inflated(room, 'text', at + end + 2, length - end - 2, left);
    return { entry: { keyword, text: latin1(body) }, size: body.length };
  }
  const packed = bytes[end + 1],
    method = bytes[end + 2];
  if ((packed !== 0 && packed !== 1) || method !== 0) throw bad('plain or compressed by method 0');
  const languageEnd = bytes.indexOf(0, end + 3),
    translatedEnd = languageEnd < 0 ? -1 : bytes.indexOf(0, languageEnd + 1);
  if (translatedEnd < 0) throw bad('led by a language and a translated keyword');
  const language = latin1(bytes.subarray(end + 3, languageEnd)),
    translated = utf8(bytes.subarray(languageEnd + 1, translatedEnd));
  const start = translatedEnd + 1,
    size = length - start;
  if (size > left) throw tooMuch(left);
  const body = packed ? inflated(room, 'text', at + start, size, left) : bytes.subarray(start);
  return { entry: { keyword, text: utf8(body), language, translated }, size: body.length };
}

function tooMuch(left: number): ChromaskError {
  return new ChromaskError('limit', `text must fit what is left of its limit, ${left} bytes`);
}

// TextDecoder's "latin1" is windows-1252, which differs in 128 to 159
function latin1(bytes: Uint8Array): string {
  let differs = false;
  for (const byte of bytes) differs ||= byte > 127 && byte < 160;
  if (!differs) return new TextDecoder('latin1').decode(bytes);
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
