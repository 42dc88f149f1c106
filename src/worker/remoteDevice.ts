// The page's side of a device. What it loads is sent to the worker.
import { Device } from '../api/device.js';
import { nodeOf } from '../graph/held.js';
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
    const signal: unknown = Object(options).signal;
    const { sent, lossy } = await (await import('./portable.js')).portable(source, signal);
    const given = options === undefined ? [sent] : [sent, options];
    const loaded = (await this.#remote.ask(undefined, 'load', given)) as Loaded;
    if (loaded.profile) (await import('../graph/profiles.js')).setProfile(nodeOf(loaded.rgba, 'load'), loaded.profile);
    if (!lossy) return loaded;
    nodeOf(loaded.rgba, 'load').premultiplied = true;
    return { ...loaded, lossy: true };
  }
}
