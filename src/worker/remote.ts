// The page's side. Batches only record how they are made; methods that return a promise run in the worker.
import { Batch } from '../api/batch.js';
import type { ColorMap, ColorMapOptions } from '../api/colorMap.js';
import { type ImageBatch, MadeImage } from '../api/image.js';
import { MadeMask, type MaskBatch } from '../api/mask.js';
import type { ViewOptions } from '../api/view.js';
import { ChromaskError } from '../base/errors.js';
import { checkOptions } from '../base/params.js';
import { onAbort } from '../base/pause.js';
import type { Extent, Numbers, Stats } from '../engine.js';
import { callFor, homeOf, type Call as Made, nodeOf, ownsMemory } from '../graph/held.js';
import type { Home } from '../graph/home.js';
import { type LifeEvent, Listeners } from '../graph/listeners.js';
import { Node } from '../graph/node.js';
import { question } from '../measures/define.js';
import { type MeasureName, measures, measuresOf } from '../ops/measures.js';
import { askedOf, copiedInto } from './localOptions.js';
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

/** The methods that the worker answers, for pictures and masks. */
const both = ['data', 'bytes', 'toTensor', 'toPng', 'toBlob', 'toImageData', 'toImageBitmap'];
const ofMasks = ['toDataURL', 'toNpy', 'toCocoRle'];

interface Waiting {
  /** The node of the batch, if it is a call on one. */
  node: Node | undefined;
  /** The node of the masks in the answer, if they can be used further. */
  made: Made | undefined;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Numbers nodes, sends them to the worker, and waits for its answers. */
export class RemoteHome implements Home {
  closed = false;
  readonly here = undefined;
  readonly #endpoint: Endpoint;
  readonly #end: () => void;
  readonly #known = new Map<number, WeakRef<Node>>();
  readonly #ledger: Ledger;
  readonly #waiting = new Map<number, Waiting>();
  readonly #held = new WeakSet<Node>();
  readonly #listeners = new Listeners();
  readonly #gone = new FinalizationRegistry<number>((id) => {
    this.#known.delete(id);
    this.#post({ type: 'forget', id });
  });
  #calls = 0;
  #over: Error | undefined;

  constructor(
    endpoint: Endpoint,
    /** What the worker last reported about its device. */
    public facts: Facts,
    end: () => void,
  ) {
    this.#endpoint = endpoint;
    this.#end = end;
    this.#ledger = new Ledger(1, {
      get: (id) => this.#known.get(id)?.deref(),
      set: (id, node) => {
        this.#gone.register(node, id);
        return this.#known.set(id, new WeakRef(node)) as never;
      },
      delete: (id) => this.#known.delete(id),
    });
  }

  readonly classes = {
    mask: (node: Node, made?: Made): MaskBatch => new RemoteMask(node, this, made),
    image: (node: Node, made?: Made): ImageBatch => new RemoteImage(node, this, made),
  };

  get name(): Home['name'] {
    return this.facts.name;
  }

  get limits(): Home['limits'] {
    return this.facts.limits;
  }

  stats(): Stats {
    return { ...this.facts.stats };
  }

  on(event: LifeEvent, listener: () => void): () => void {
    return this.#listeners.on(event, listener);
  }

  source(pixels: Numbers, extent: Extent): Node {
    const node = new Node('source', {}, [], extent);
    const copy = pixels.slice();
    this.#post({ type: 'source', id: this.#ledger.add(node), extent, pixels: copy }, [copy.buffer as ArrayBuffer]);
    this.#held.add(node);
    return node;
  }

  has(node: Node): boolean {
    return this.#held.has(node);
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#post({ type: 'close' });
    this.fail(new ChromaskError('closed', 'the device was closed'));
    this.#end();
  }

  /** Calls `method` of a batch, or of the device, in the worker. */
  async ask(batch: Batch | undefined, method: string, given: readonly unknown[], made?: Made): Promise<unknown> {
    if (this.closed) throw new ChromaskError('closed', `${method}: the device was closed`);
    if (this.#over) throw this.#over;
    const node = batch && nodeOf(batch, method);
    const nodes: Sent[] = [];
    const asked = askedOf(batch, given);
    asked.signal?.throwIfAborted();
    const args = asked.args.map((arg) => pack(arg, this.#ledger, nodes));
    const on = node && this.#ledger.tell(node, nodes);
    const call = ++this.#calls;
    const answer = new Promise<unknown>((resolve, reject) =>
      this.#waiting.set(call, { node: node, made, resolve, reject }),
    );
    const abort = (): void => {
      this.#post({ type: 'abort', call });
      this.#waiting.get(call)?.reject(asked.signal?.reason);
      this.#waiting.delete(call);
    };
    const end = asked.signal && onAbort(asked.signal, abort);
    try {
      const image = batch?.shape.length === 4;
      this.#post({ type: 'call', call, on, image, method, args, stays: asked.stays, nodes });
      return copiedInto(method, await answer, asked.into);
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'DataCloneError') throw error;
      throw (await import('./portable.js')).unsendable(method, error, given[0]);
    } finally {
      this.#waiting.delete(call);
      end?.();
    }
  }

  /** Also frees the worker's memory of a batch. */
  dispose(batch: Batch): void {
    if (!ownsMemory(batch)) return;
    const node = nodeOf(batch, 'dispose');
    this.#held.delete(node);
    if (this.#ledger.idOf(node) === undefined) return;
    this.ask(batch, 'dispose', []).catch(() => {});
  }

  receive(reply: Extract<Reply, { type: 'done' | 'failed' }>): void {
    this.facts = reply.facts;
    const waiting = this.#waiting.get(reply.call);
    if (reply.type === 'failed') return waiting?.reject(errorOf(reply.failure));
    if (!waiting) {
      for (const { id } of reply.nodes) this.#post({ type: 'forget', id, unwanted: true });
      return;
    }
    if (waiting.node) this.#held[reply.held ? 'add' : 'delete'](waiting.node);
    // nodes must stay reachable until batches hold them
    const arrived = this.#ledger.receive(reply.nodes);
    for (const node of arrived) if (node.op === 'source') this.#held.add(node);
    const value = unpack(reply.value, (id, image) => {
      const node = this.#ledger.get(id);
      return this.classes[image ? 'image' : 'mask'](node, waiting.made);
    });
    waiting.resolve(value);
  }

  /** The worker's engine was lost or replaced, so its name and limits have changed. */
  tell(event: LifeEvent, facts: Facts): void {
    this.facts = facts;
    this.#listeners.tell(event);
  }

  /** The worker no longer answers. */
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

function remoteOf(batch: Batch, operation: string): RemoteHome {
  const home = homeOf(batch, operation);
  if (home instanceof RemoteHome) return home;
  throw new Error('a batch of a worker is of this thread');
}

/** Replaces methods of a class of batches by calls to the worker. */
function remote<Class extends { prototype: Batch }>(Near: Class, methods: readonly string[]): Class {
  const own = {
    async draw(this: Batch, canvas: OffscreenCanvas | HTMLCanvasElement, options: ViewOptions = {}): Promise<void> {
      nodeOf(this, 'draw');
      checkOptions('draw', options, 'index tint opacity over signal');
      const { show } = await import('../api/view.js');
      const { over, ...rest } = options;
      await show(this, canvas, over === true, () => this.toImageBitmap(over === true ? rest : options));
    },
    async texture(this: Batch): Promise<never> {
      nodeOf(this, 'texture');
      throw new ChromaskError('unsupported', 'texture: a worker shares no context');
    },
    dispose(this: Batch): void {
      if (this.location === 'disposed') return;
      remoteOf(this, 'dispose').dispose(this);
      Batch.prototype.dispose.call(this);
    },
  };
  const asked = [...both, ...methods].map((name) => {
    const row = Object.hasOwn(measures, name) ? measures[name as MeasureName] : undefined;
    const value = async function (this: Batch, ...given: unknown[]): Promise<unknown> {
      const home = remoteOf(this, name);
      if (!row || !('masks' in row)) return home.ask(this, name, given);
      const { values } = question(name, row, given[0]);
      return home.ask(this, name, given, callFor(name, [this], values));
    };
    return [name, value] as const;
  });
  for (const [name, value] of [...Object.entries(own), ...asked]) {
    Object.defineProperty(Near.prototype, name, { value, writable: true, configurable: true });
  }
  return Near;
}

const RemoteMask = /* @__PURE__ */ (() => remote(class extends MadeMask {}, [...ofMasks, ...measuresOf('mask')]))();
const RemoteImage = /* @__PURE__ */ (() =>
  remote(
    class extends MadeImage {
      override async colorMap(options: ColorMapOptions = {}): Promise<ColorMap> {
        const home = remoteOf(this, 'colorMap');
        const { question } = await import('../api/colorMap.js');
        const values = question(options);
        return (await home.ask(this, 'colorMap', [options], callFor('colorMap', [this], values))) as ColorMap;
      }
    },
    measuresOf('image'),
  ))();
