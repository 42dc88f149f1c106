// Turns sources into a form that messages can carry. Loaded with the first picture.
import { classOf, isSignal, refusal } from '../base/errors.js';
import { orStopped } from '../base/pause.js';
import { type Drawable, drawableKind, isLossy, readable, settled, straight } from '../sources/browser.js';
import type { Source } from '../sources/load.js';

/** What to send for a source. Addresses are resolved against the page. `lossy`: its colours are kept premultiplied. */
export async function portable(source: Source, signal: unknown): Promise<{ sent: unknown; lossy: boolean }> {
  const kind = drawableKind(source);
  const sent = await (kind ? drawn : stored)(source, isSignal(signal) ? signal : undefined);
  return { sent, lossy: kind !== undefined && isLossy(kind) };
}

async function drawn(source: Source, signal?: AbortSignal): Promise<unknown> {
  await orStopped(settled(source as Drawable), signal);
  const kind = drawableKind(source);
  if (kind === 'ImageBitmap' || kind === 'VideoFrame') return source;
  return straight(source as Drawable).catch((cause) => Promise.reject(readable(cause, source)));
}

async function stored(source: Source, signal?: AbortSignal): Promise<unknown> {
  const what = classOf(source);
  if (what === 'URL') return String((source as URL).href);
  // the worker refuses what is not an address
  if (typeof source === 'string' && typeof document !== 'undefined')
    return URL.canParse(source, document.baseURI) && source ? new URL(source, document.baseURI).href : source;
  if (what === 'Response') return (await import('../sources/read.js')).readFile(source, signal);
  return source;
}

/** The error for an argument that a message cannot carry. */
export const unsendable = (method: string, error: unknown, given: unknown): unknown =>
  drawableKind(given) ? readable(error, given) : refusal(method, 'options', 'plain data', given);
