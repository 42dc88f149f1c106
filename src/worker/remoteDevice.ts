// The page's side of a device: what it loads goes to the worker as a message can carry it.
import { Device } from '../api/device.js';
import { classOf, isSignal } from '../base/errors.js';
import { orStopped } from '../base/pause.js';
import { recipeOf } from '../graph/held.js';
import { type Drawable, drawableKind, isLossy, readable, settled, straight } from '../sources/browser.js';
import type { Loaded, LoadOptions, Source } from '../sources/load.js';
import type { RemoteHome } from './remote.js';

export class RemoteDevice extends Device {
  readonly #remote: RemoteHome;

  /** @internal */
  constructor(home: RemoteHome) {
    super(home, home.facts.why);
    this.#remote = home;
  }

  override get notes(): readonly string[] {
    return this.#remote.facts.why;
  }

  override async load(source: Source, options?: LoadOptions): Promise<Loaded> {
    this.check('load');
    const kind = drawableKind(source);
    const signal: unknown = Object(options).signal;
    const loaded = (await this.#remote.ask(undefined, 'load', [
      await portable(source, kind, isSignal(signal) ? signal : undefined),
      ...(options === undefined ? [] : [options]),
    ])) as Loaded;
    if (loaded.profile)
      (await import('../graph/profiles.js')).setProfile(recipeOf(loaded.rgba, 'load'), loaded.profile);
    if (!kind || !isLossy(kind)) return loaded;
    recipeOf(loaded.rgba, 'load').premultiplied = true;
    return { ...loaded, lossy: true };
  }
}

/** A source as a message can carry it; addresses as seen from the page. */
async function portable(source: Source, kind: string | undefined, signal?: AbortSignal): Promise<unknown> {
  if (kind) {
    await orStopped(settled(source as Drawable), signal);
    if (kind === 'ImageBitmap' || kind === 'VideoFrame') return source;
    return straight(source as Drawable).catch((cause) => Promise.reject(readable(cause, source)));
  }
  const what = classOf(source);
  if (what === 'URL') return String((source as URL).href);
  // what is no address is refused over there
  if (typeof source === 'string' && typeof document !== 'undefined')
    return URL.canParse(source, document.baseURI) && source ? new URL(source, document.baseURI).href : source;
  if (what === 'Response') return (await import('../sources/read.js')).readFile(source, signal);
  return source;
}
