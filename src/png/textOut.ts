// Text chunks for the writer. tEXt where Latin-1 holds the text, iTXt elsewhere, uncompressed: that is what readers of
// workflows kept in pictures look for.
import { ChromaskError } from '../errors.js';
import type { TextEntry } from './types.js';
import type { Chunk } from './write.js';

export type TextInput = Readonly<Record<string, string>> | readonly TextEntry[];

export function textChunks(text: TextInput | undefined): Chunk[] {
  if (!text) return [];
  const entries: readonly TextEntry[] = isList(text)
    ? text
    : Object.entries(text).map(([keyword, value]) => ({ keyword, text: value }));
  return entries.map(chunkOf);
}

function isList(text: TextInput): text is readonly TextEntry[] {
  return Array.isArray(text);
}

function refuse(part: string, expectation: string, got: string): ChromaskError {
  return new ChromaskError(
    'bad-argument',
    `encode: ${part} must be ${expectation}, got ${JSON.stringify(got.length > 40 ? `${got.slice(0, 40)}…` : got)}`,
  );
}

function chunkOf({ keyword, text, language, translated }: TextEntry): Chunk {
  // PNG specification, 11.3.3.1: Latin-1 letters and single spaces inside.
  if (!/^[\x21-\x7e\xa1-\xff](?: ?[\x21-\x7e\xa1-\xff])*$/.test(keyword) || keyword.length > 79)
    throw refuse('text keyword', '1 to 79 Latin-1 characters without outer or double spaces', keyword);
  if (typeof text !== 'string' || text.includes('\0'))
    throw refuse(`text ${keyword}`, 'a string without NUL', String(text));
  const plain = language === undefined && translated === undefined && /^[\n\r\t\x20-\x7e\xa0-\xff]*$/.test(text);
  if (plain) return { name: 'tEXt', data: [latin1(`${keyword}\0${text}`)] };
  if (!/^[A-Za-z0-9-]*$/.test(language ?? '')) throw refuse(`language of ${keyword}`, 'a language tag', language ?? '');
  if (translated?.includes('\0')) throw refuse(`translated keyword of ${keyword}`, 'free of NUL', translated);
  const encoder = new TextEncoder();
  return {
    name: 'iTXt',
    data: [
      latin1(`${keyword}\0\0\0${language ?? ''}\0`),
      encoder.encode(`${translated ?? ''}\0`),
      encoder.encode(text),
    ],
  };
}

function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
