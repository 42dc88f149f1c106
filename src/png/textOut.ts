// Writes text chunks, uncompressed: tEXt if Latin-1 can hold the text, else iTXt, because readers of workflows in
// pictures look for these.
import { refusal } from '../base/errors.js';
import { isPlain } from '../base/params.js';
import type { TextEntry } from './types.js';
import type { Chunk } from './write.js';

export type TextInput = Readonly<Record<string, string>> | readonly TextEntry[];

export function textChunks(text: TextInput | undefined): Chunk[] {
  if (text === undefined) return [];
  if (Array.isArray(text)) return [...text].map(chunkOf);
  if (!isPlain(text)) return [chunkOf(text)]; // which refuses it
  return Object.entries(text).map(([keyword, text]) => chunkOf({ keyword, text }));
}

function chunkOf(entry: unknown): Chunk {
  if (!isPlain(entry)) throw refusal('encode', 'text', 'an object or a list of objects', entry);
  const { keyword, text, language, translated } = entry;
  // PNG specification, 11.3.3.1: Latin-1 letters, with single spaces inside
  const named = isText(keyword) && /^[\x21-\x7e\xa1-\xff](?: ?[\x21-\x7e\xa1-\xff])*$/.test(keyword);
  if (!named || keyword.length > 79)
    throw refusal('encode', 'text keyword', '1 to 79 Latin-1 letters, no outer or double spaces', keyword);
  if (!isText(text)) throw refusal('encode', `text ${keyword}`, 'a string without NUL', text);
  const plain = language === undefined && translated === undefined && /^[\n\r\t\x20-\x7e\xa0-\xff]*$/.test(text);
  if (plain) return { name: 'tEXt', data: [latin1(`${keyword}\0${text}`)] };
  const tag = language ?? '',
    title = translated ?? '';
  if (!isText(tag) || !/^[A-Za-z0-9-]*$/.test(tag))
    throw refusal('encode', `language of ${keyword}`, 'a language tag', tag);
  if (!isText(title)) throw refusal('encode', `translated keyword of ${keyword}`, 'a string without NUL', title);
  const encoder = new TextEncoder();
  return {
    name: 'iTXt',
    data: [latin1(`${keyword}\0\0\0${tag}\0`), encoder.encode(`${title}\0`), encoder.encode(text)],
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && !value.includes('\0');

function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
