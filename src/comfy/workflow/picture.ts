// Workflows in the text of a picture that ComfyUI saved.
import { arrayKind } from '../../arrays.js';
import { ChromaskError, refusal } from '../../errors.js';
import { isPlain } from '../../params.js';
import { parse } from './json.js';

export interface PictureWorkflow {
  /** The API format: what was run. */
  prompt?: Record<string, unknown>;
  /** The saved format: what was on the screen. */
  workflow?: Record<string, unknown>;
}

/** The workflow a PNG was made with; `runWorkflow` takes what this gives. Refuses a picture that has none. */
export async function workflowOf(bytes: Uint8Array): Promise<PictureWorkflow> {
  if (arrayKind(bytes) !== 'Uint8Array') throw refusal('workflowOf', 'bytes', 'a Uint8Array', bytes);
  const { readText } = await import('../../png/decode.js');
  const found: PictureWorkflow = {};
  for (const { keyword, text } of await readText(bytes)) {
    if (keyword !== 'prompt' && keyword !== 'workflow') continue;
    const json = parse(text);
    if (isPlain(json)) found[keyword] = json;
  }
  if (found.prompt || found.workflow) return found;
  throw new ChromaskError('missing', 'workflowOf: this picture has no prompt and no workflow in its text');
}
