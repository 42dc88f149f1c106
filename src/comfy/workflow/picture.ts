// Reads the workflow that ComfyUI stored in a picture.
import { arrayKind } from '../../base/arrays.js';
import { ChromaskError, refusal } from '../../base/errors.js';
import { isPlain } from '../../base/params.js';
import { parse } from './json.js';

export interface PictureWorkflow {
  /** The API format, which was run. */
  prompt?: Record<string, unknown>;
  /** The saved format, which was on screen. */
  workflow?: Record<string, unknown>;
}

/** The workflow that a PNG, WebP or JPEG was made with, as input for `runWorkflow`. Refuses a picture without one. */
export async function workflowOf(bytes: Uint8Array): Promise<PictureWorkflow> {
  if (arrayKind(bytes) !== 'Uint8Array') throw refusal('workflowOf', 'bytes', 'a Uint8Array', bytes);
  const found: PictureWorkflow = {};
  for (const [keyword, text] of await textIn(bytes)) {
    if (keyword !== 'prompt' && keyword !== 'workflow') continue;
    const json = parse(text);
    if (isPlain(json)) found[keyword] = json;
  }
  if (found.prompt || found.workflow) return found;
  throw new ChromaskError('missing', 'workflowOf: this picture has no prompt and no workflow in its text');
}

async function textIn(bytes: Uint8Array): Promise<(readonly [string, string])[]> {
  // JPEG, or WebP, whose name is at byte 8
  if (/^(\xff\xd8|RIFF....WEBP)/s.test(String.fromCharCode(...bytes.subarray(0, 12)))) {
    return (await import('./exif.js')).entriesIn(bytes);
  }
  const { readText } = await import('../../png/decode.js');
  return (await readText(bytes)).map(({ keyword, text }) => [keyword, text]);
}
