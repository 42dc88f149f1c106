// Reads what a PNG says about itself from its chunks before the first IDAT. Does not prove that the file is valid.
import { bytesIn, checkSignature, corrupt, type Header, parseHeader, u32 } from './header.js';

export interface Facts extends Header {
  /** Whether it has an alpha channel or a tRNS chunk. */
  hasAlpha: boolean;
  animated: boolean;
}

const IHDR = 0x49484452,
  IDAT = 0x49444154,
  TRNS = 0x74524e53,
  ACTL = 0x6163544c;

/** What the header and the first chunks of a PNG say. No pixel is decoded. */
export function inspect(file: Uint8Array | ArrayBuffer): Facts {
  const bytes = bytesIn('inspect', file);
  checkSignature(bytes);
  if (bytes.length < 33 || u32(bytes, 8) !== 13 || u32(bytes, 12) !== IHDR)
    throw corrupt('first chunk', 'IHDR of 13 bytes', 'something else');
  const header = parseHeader(bytes, 16);
  let hasAlpha = header.colorType >= 4,
    animated = false;
  for (let at = 33; at + 12 <= bytes.length; at += 12 + u32(bytes, at)) {
    const type = u32(bytes, at + 4);
    if (type === IDAT) break;
    if (type === TRNS) hasAlpha = true;
    if (type === ACTL) animated = true;
  }
  return { ...header, hasAlpha, animated };
}
