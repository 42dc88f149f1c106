// Strings in the EXIF of WebP and JPEG files, where some nodes store a workflow: `workflow:{…}` as the maker,
// `prompt:{…}` as the model. Like ComfyUI's front end, this reads every string of the first directory, under any
// tag.

/**
 * Text before and after the first colon. One node writes Workflow and Prompt; the lower-case spelling takes
 * precedence.
 */
export function entriesIn(file: Uint8Array): [keyword: string, text: string][] {
  const exif = file[0] === 0xff ? ofJpeg(file) : ofWebp(file);
  const found = exif ? stringsOf(exif) : [];
  const capitals = found.filter(([keyword]) => keyword === 'Workflow' || keyword === 'Prompt');
  // of two equal keywords, the later one counts
  return [...capitals.map(([keyword, text]): [string, string] => [keyword.toLowerCase(), text]), ...found];
}

const named = (file: Uint8Array, at: number, name: string): boolean =>
  Array.from(name).every((letter, i) => file[at + i] === letter.charCodeAt(0));

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/**
 * RIFF chunks: name, length, data padded to an even length. Some writers put JPEG's six letters in front of the
 * EXIF.
 */
function ofWebp(file: Uint8Array): Uint8Array | undefined {
  const view = viewOf(file);
  for (let at = 12; at + 8 <= file.length; ) {
    const length = view.getUint32(at + 4, true);
    if (named(file, at, 'EXIF')) {
      const start = at + (named(file, at + 8, 'Exif\0\0') ? 14 : 8);
      return file.subarray(start, at + 8 + length);
    }
    at += 8 + length + (length & 1);
  }
  return undefined;
}

/** Segments up to the first scan: a marker, a length that includes itself, data (ITU-T T.81, B.1.1.4). */
function ofJpeg(file: Uint8Array): Uint8Array | undefined {
  const view = viewOf(file);
  for (let at = 2; at + 4 <= file.length && file[at] === 0xff && file[at + 1] !== 0xda; ) {
    if (file[at + 1] === 0xff) {
      at++; // fill bytes before a marker
      continue;
    }
    const end = at + 2 + view.getUint16(at + 2);
    if (file[at + 1] === 0xe1 && named(file, at + 4, 'Exif\0\0')) return file.subarray(at + 10, end);
    at = end;
  }
  return undefined;
}

/** Entries of TIFF type 2 that are longer than the four bytes inside an entry. */
function stringsOf(exif: Uint8Array): [string, string][] {
  const found: [string, string][] = [];
  if (exif.length < 8) return found;
  const view = viewOf(exif);
  const little = view.getUint16(0) === 0x4949;
  const first = view.getUint32(4, little);
  const entries = first + 2 <= exif.length ? view.getUint16(first, little) : 0;
  for (let i = 0, at = first + 2; i < entries && at + 12 <= exif.length; i++, at += 12) {
    const [length, start] = [view.getUint32(at + 4, little), view.getUint32(at + 8, little)];
    if (view.getUint16(at + 2, little) !== 2 || length < 5 || start + length > exif.length) continue;
    const text = new TextDecoder().decode(exif.subarray(start, start + length - 1));
    const colon = text.indexOf(':');
    if (colon > 0) found.push([text.slice(0, colon), text.slice(colon + 1)]);
  }
  return found;
}
