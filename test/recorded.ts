// Recorded results of other programs, test/ops/NAME.json: small pictures, options, and results.
import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

export interface Recorded {
  readonly width: number;
  readonly height: number;
  readonly options: Readonly<Record<string, unknown>>;
  /** Bytes of the mask, or of the RGB picture. */
  readonly data: Uint8Array<ArrayBuffer>;
  readonly expected: unknown;
}

export function recorded(name: string): { source: string; cases: Recorded[] } {
  const { source, cases } = JSON.parse(readFileSync(`test/ops/${name}.json`, 'utf8'));
  return { source, cases: cases.map((one: Recorded & { data: string }) => ({ ...one, data: unpacked(one.data) })) };
}

export function unpacked(text: unknown): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(inflateSync(Buffer.from(String(text), 'base64')));
}
