// The outline of a mask as an SVG file. It says what it is as the PNG beside it does, at its beginning.
import { open } from 'node:fs/promises';
import { nameKey } from './mark.js';

const HEAD = '<svg xmlns="http://www.w3.org/2000/svg"';
const MARK = new RegExp(`^${HEAD} [^<>]*><metadata>${nameKey} ([^<]*)</metadata>`);
/** Bytes in which the mark has room. */
const MARKED = 512;

/** Edges of pixels: a unit of the file is a pixel. The shapes are black, as in any file that sets no colour. */
export function svgOf(path: string, { width, height, name }: { width: number; height: number; name: string }): string {
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `${HEAD} ${size}><metadata>${nameKey} ${name}</metadata><path fill-rule="evenodd" d="${path}"/></svg>\n`;
}

/** The name that our own SVG carries; undefined for any other. */
export async function nameInSvg(path: string): Promise<string | undefined> {
  const head = Buffer.alloc(MARKED);
  const file = await open(path);
  try {
    const { bytesRead } = await file.read(head, 0, MARKED, 0);
    return MARK.exec(head.toString('latin1', 0, bytesRead))?.[1];
  } finally {
    await file.close();
  }
}
