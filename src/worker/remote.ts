// The page's side: batches that only write recipes down. Whatever gives a promise is done in the worker.
import { Batch } from '../api/batch.js';
import type { ColorMap, ColorMapOptions } from '../api/colorMap.js';
import { Device } from '../api/device.js';
import { ImageBatch } from '../api/image.js';
import { MaskBatch } from '../api/mask.js';
import type { ViewOptions } from '../api/view.js';
import { ChromaskError, classOf, isSignal, refusal } from '../base/errors.js';
import { checkOptions } from '../base/params.js';
import { onAbort, orStopped } from '../base/pause.js';
import type { Extent, Numbers, Slot } from '../engine.js';
import { Home } from '../graph/evaluator.js';
import { homeOf, ownsMemory, recipeOf } from '../graph/held.js';
import { Recipe } from '../graph/node.js';
import { traced } from '../graph/trace.js';
import { noted, question } from '../measures/define.js';
import { type MeasureName, measures, measuresOf } from '../ops/measures.js';
import { type Drawable, drawableKind, isLossy, readable, settled, straight } from '../sources/browser.js';
import type { Loaded, LoadOptions, Source } from '../sources/load.js';
import { askedOf, filled } from './localOptions.js';
import {
  type Endpoint,
  errorOf,
  type Facts,
  Ledger,
  pack,
  type Reply,
  type Request,
  type Sent,
  unpack,
} from './protocol.js';
import { absent } from './remoteEngine.js';

/** The methods that the worker answers. */
const both = ['data', 'bytes', 'toTensor', 'toPng', 'toBlob', 'toImageData', 'toImageBitmap'];
const ofMasks = ['histogram', 'toDataURL', 'toNpy', 'toCocoRle'];

interface Waiting {
  /** Of the batch that was asked. */
  recipe: Recipe | undefined;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** A home without an engine: it numbers recipes, sends them off and waits for answers. */
export class FarHome extends Home {
  readonly #endpoint: Endpoint;
  readonly #end: () => void;
  readonly #facts: { current: Facts };
  readonly #known = new Map<number, WeakRef<Recipe>>();
  readonly #ledger: Ledger;
  readonly #waiting = new Map<number, Waiting>();
  readonly #held = new WeakSet<Recipe>();
  readonly #gone = new FinalizationRegistry<number>((id) => {
    this.#known.delete(id);
    this.#post({ type: 'forget', id });
  });
  #calls = 0;
  #over: Error | undefined;

  constructor(endpoint: Endpoint, facts: { current: Facts }, end: () => void) {
    super(absent(facts), facts.current.limits.cache);
    this.#endpoint = endpoint;
    this.#facts = facts;
    this.#end = end;
    this.#ledger = new Ledger(1, {
      get: (id) => this.#known.get(id)?.deref(),
      set: (id, recipe) => {
        this.#gone.register(recipe, id);
        return this.#known.set(id, new WeakRef(recipe)) as never;
      },
      delete: (id) => this.#known.delete(id),
    });
    this.mask = (recipe) => new FarMask(recipe, this);
    this.image = (recipe) => new FarImage(recipe, this);
  }

  override source(pixels: Numbers, extent: Extent): Recipe {
    const recipe = new Recipe('source', {}, [], extent);
    const copy = pixels.slice();
    this.#post({ type: 'source', id: this.#ledger.add(recipe), extent, pixels: copy }, [copy.buffer as ArrayBuffer]);
    this.#held.add(recipe);
    return recipe;
  }

  /** Not the slot, but whether there is one. */
  override slotOf(recipe: Recipe): Slot | undefined {
    return this.#held.has(recipe) ? { extent: recipe.extent } : undefined;
  }

  override close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#post({ type: 'close' });
    this.fail(new ChromaskError('closed', 'the device was closed'));
    this.#end();
  }

  /** What the worker says to `method` of a batch, or of the device. */
  async ask(batch: Batch | undefined, method: string, given: readonly unknown[]): Promise<unknown> {
    if (this.closed) throw new ChromaskError('closed', `${method}: the device was closed`);
    if (this.#over) throw this.#over;
    const recipe = batch && recipeOf(batch, method);
    const recipes: Sent[] = [];
    const asked = askedOf(batch, given);
    asked.signal?.throwIfAborted();
    const args = asked.args.map((arg) => pack(arg, this.#ledger, recipes));
    const on = recipe && this.#ledger.tell(recipe, recipes);
    const call = ++this.#calls;
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(call, { recipe, resolve, reject }));
    const abort = (): void => {
      this.#post({ type: 'abort', call });
      this.#waiting.get(call)?.reject(asked.signal?.reason);
      this.#waiting.delete(call);
    };
    const end = asked.signal && onAbort(asked.signal, abort);
    try {
      const image = batch?.shape.length === 4;
      this.#post({ type: 'call', call, on, image, method, args, stays: asked.stays, recipes });
      return filled(method, await answer, asked.into);
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'DataCloneError') throw error;
      if (drawableKind(given[0])) throw readable(error, given[0]);
      throw refusal(method, 'options', 'plain data', given[0]);
    } finally {
      this.#waiting.delete(call);
      end?.();
    }
  }

  /** The worker's memory of a batch goes with it. */
  dispose(batch: Batch): void {
    if (!ownsMemory(batch)) return;
    const recipe = recipeOf(batch, 'dispose');
    this.#held.delete(recipe);
    if (this.#ledger.idOf(recipe) === undefined) return;
    this.ask(batch, 'dispose', []).catch(() => {});
  }

  hear(reply: Extract<Reply, { type: 'done' | 'failed' }>): void {
    this.#facts.current = reply.facts;
    const waiting = this.#waiting.get(reply.call);
    if (reply.type === 'failed') return waiting?.reject(errorOf(reply.failure));
    if (!waiting) {
      for (const { id } of reply.recipes) this.#post({ type: 'forget', id, unwanted: true });
      return;
    }
    if (waiting.recipe) this.#held[reply.held ? 'add' : 'delete'](waiting.recipe);
    // recipes must stay reachable until batches hold them
    const heard = this.#ledger.hear(reply.recipes);
    for (const recipe of heard) if (recipe.op === 'source') this.#held.add(recipe);
    const value = unpack(reply.value, (id, image) => {
      const recipe = this.#ledger.get(id);
      return image ? new FarImage(recipe, this) : new FarMask(recipe, this);
    });
    waiting.resolve(value);
  }

  /** Nobody will answer any more. */
  ended(error: Error): void {
    this.#over = error;
    this.fail(error);
  }

  fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #post(request: Request, transfer: Transferable[] = []): void {
    this.#endpoint.postMessage(request, transfer);
  }
}

/** Puts on a class of batches the methods that the worker answers. */
function far<Class extends { prototype: Batch }>(Near: Class, methods: readonly string[]): Class {
  const own = {
    async draw(this: Batch, canvas: OffscreenCanvas | HTMLCanvasElement, options: ViewOptions = {}): Promise<void> {
      recipeOf(this, 'draw');
      checkOptions('draw', options, 'index tint opacity over signal');
      const { show } = await import('../api/view.js');
      const { over, ...rest } = options;
      await show(this, canvas, over === true, () => this.toImageBitmap(over === true ? rest : options));
    },
    async texture(this: Batch): Promise<never> {
      recipeOf(this, 'texture');
      throw new ChromaskError('unsupported', 'texture: a worker shares no context');
    },
    dispose(this: Batch): void {
      if (this.location === 'disposed') return;
      const home = homeOf(this, 'dispose');
      (home as FarHome).dispose(this);
      Batch.prototype.dispose.call(this);
    },
  };
  const asked = [...both, ...methods].map((name) => {
    const row = Object.hasOwn(measures, name) ? measures[name as MeasureName] : undefined;
    const value = async function (this: Batch, ...given: unknown[]): Promise<unknown> {
      const home = homeOf(this, name) as FarHome;
      if (!row || !('masks' in row)) return home.ask(this, name, given);
      const { values } = question(name, row, given[0]);
      return noted(name, row, this, values, await home.ask(this, name, given));
    };
    return [name, value] as const;
  });
  for (const [name, value] of [...Object.entries(own), ...asked]) {
    Object.defineProperty(Near.prototype, name, { value, writable: true, configurable: true });
  }
  return Near;
}

const FarMask = /* @__PURE__ */ (() => far(class extends MaskBatch {}, [...ofMasks, ...measuresOf('mask')]))();
const FarImage = /* @__PURE__ */ (() =>
  far(
    class extends ImageBatch {
      override async colorMap(options: ColorMapOptions = {}): Promise<ColorMap> {
        const home = homeOf(this, 'colorMap') as FarHome;
        const { question } = await import('../api/colorMap.js');
        const values = question(options);
        const map = (await home.ask(this, 'colorMap', [options])) as ColorMap;
        traced(map.masks, 'colorMap', [this], values);
        return map;
      }
    },
    measuresOf('image'),
  ))();

export class FarDevice extends Device {
  readonly #facts: { current: Facts };

  /** @internal */
  constructor(home: FarHome, facts: { current: Facts }) {
    super(home, facts.current.why, home.cache);
    this.#facts = facts;
  }

  override get notes(): readonly string[] {
    return this.#facts.current.why;
  }

  override async load(source: Source, options?: LoadOptions): Promise<Loaded> {
    this.check('load');
    const kind = drawableKind(source);
    const signal: unknown = Object(options).signal;
    const loaded = (await (this.home as FarHome).ask(undefined, 'load', [
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
