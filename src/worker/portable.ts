// Sources as a message can carry them. Loaded when a picture is.
import { classOf, isSignal, refusal } from '../base/errors.js';
import { orStopped } from '../base/pause.js';
import { type Drawable, drawableKind, isLossy, readable, settled, straight } from '../sources/browser.js';
import type { Source } from '../sources/load.js';

/** What to send for a source; addresses as seen from the page. `lossy` of what keeps colours times alpha. */
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
  // what is no address is refused over there
  if (typeof source === 'string' && typeof document !== 'undefined')
    return URL.canParse(source, document.baseURI) && source ? new URL(source, document.baseURI).href : source;
  if (what === 'Response') return (await import('../sources/read.js')).readFile(source, signal);
  return source;
}

/** Why a message could not carry what a method was given. */
export const unsendable = (method: string, error: unknown, given: unknown): unknown =>
  drawableKind(given) ? readable(error, given) : refusal(method, 'options', 'plain data', given);
