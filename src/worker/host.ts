// The worker's side: a device of its own, and nodes by number. Pages do not load it.
import { Batch } from '../api/batch.js';
import type { Device } from '../api/device.js';
import { imageOf } from '../api/image.js';
import { maskOf } from '../api/mask.js';
import { type OpenOptions, open } from '../api/open.js';
import { ChromaskError } from '../base/errors.js';
import { nextTurn } from '../base/pause.js';
import { forget } from '../graph/held.js';
import { Node } from '../graph/node.js';
import {
  type Call,
  errorOf,
  type Facts,
  type Failure,
  failureOf,
  Ledger,
  pack,
  type Reply,
  type Request,
  type Stays,
  unpack,
} from './protocol.js';

export class Host {
  readonly #post: (reply: Reply) => void;
  readonly #known = new Map<number, Node>();
  readonly #ledger = new Ledger(-1, this.#known);
  readonly #running = new Map<number, AbortController>();
  /** Sources that could not be loaded, and the nodes made from them, each with its error. */
  readonly #failed = new WeakMap<Node, Failure>();
  #device: Device | undefined;
  #alive: MessagePort | undefined;
  #release: (() => void) | undefined;

  constructor(post: (reply: Reply) => void) {
    this.#post = post;
  }

  async receive(request: Request): Promise<void> {
    switch (request.type) {
      case 'open':
        this.#alive = request.alive;
        await this.#hold(request.lock);
        return this.#open(request.options);
      case 'source':
        return this.#source(request);
      case 'call':
        return this.#call(request);
      case 'abort':
        this.#running.get(request.call)?.abort();
        return;
      case 'forget':
        return this.#forget(request);
      case 'close':
        this.#device?.close();
        this.#known.clear();
        this.#alive?.close();
        this.#release?.();
    }
  }

  /** Holds the lock until the worker ends. */
  #hold(name: string): Promise<void> {
    return new Promise((held) => {
      const { locks } = globalThis.navigator ?? {};
      if (!locks) return held();
      const lasting = locks.request(name, () => {
        held();
        return new Promise<void>((release) => {
          this.#release = release;
        });
      });
      lasting.catch(() => held());
    });
  }

  async #open(options: OpenOptions): Promise<void> {
    try {
      const device = await open(options);
      this.#device = device;
      const { here } = device.home;
      if (here)
        here.pause = async (done, total) => {
          this.#post({ type: 'progress', done, total });
          // without a turn of the event loop an abort would only arrive after the work
          await nextTurn();
        };
      for (const event of ['lost', 'restored'] as const) {
        device.on(event, () => this.#post({ type: 'event', event, facts: factsOf(device) }));
      }
      this.#post({ type: 'opened', facts: factsOf(device) });
    } catch (error) {
      this.#post({ type: 'refused', failure: failureOf(error) });
    }
  }

  #forget({ id, unwanted }: Extract<Request, { type: 'forget' }>): void {
    const hold = unwanted && this.#known.get(id)?.hold;
    if (hold) this.#device?.home.here?.store.drop(hold);
    this.#ledger.forget(id);
  }

  #source({ id, extent, pixels }: Extract<Request, { type: 'source' }>): void {
    try {
      this.#ledger.add(this.#opened.home.source(pixels, extent), id);
    } catch (error) {
      const node = new Node('source', {}, [], extent);
      this.#failed.set(node, failureOf(error));
      this.#ledger.add(node, id);
    }
  }

  async #call({ call, on, image, method, args, stays, nodes }: Call): Promise<void> {
    const device = this.#opened;
    const controller = new AbortController();
    this.#running.set(call, controller);
    try {
      for (const node of this.#ledger.receive(nodes)) this.#inherit(node);
      const asked = on === undefined ? undefined : this.#ledger.get(on);
      const target = on === undefined ? device : this.#batch(on, image);
      const given = args.map((arg) => unpack(arg, (id, image) => this.#batch(id, image)));
      if (stays) given[stays.place] = { ...Object(given[stays.place]), ...ownOf(stays, controller, target) };
      // the page frees what a batch no longer needs; here every batch is made anew
      const run: unknown =
        method === 'dispose' && target instanceof Batch ? () => forget(target) : Reflect.get(target, method);
      if (typeof run !== 'function') throw new ChromaskError('unsupported', `worker: there is no ${method}`);
      const result: unknown = await run.apply(target, given);
      const news: Call['nodes'] = [];
      const value = pack(result, this.#ledger, news);
      const held = asked !== undefined && device.home.has(asked);
      this.#post({ type: 'done', call, value, nodes: news, facts: factsOf(device), held });
    } catch (error) {
      this.#post({ type: 'failed', call, failure: failureOf(error), facts: factsOf(device) });
    } finally {
      this.#running.delete(call);
    }
  }

  #batch(id: number, image: boolean): Batch {
    const node = this.#ledger.get(id);
    const failure = this.#failed.get(node);
    if (failure) throw errorOf(failure);
    return (image ? imageOf : maskOf)(node, this.#opened.home);
  }

  /** Nodes arrive after their inputs, so only the inputs need a check. */
  #inherit(node: Node): void {
    const from = node.inputs.find((input) => this.#failed.has(input));
    const failure = from && this.#failed.get(from);
    if (failure) this.#failed.set(node, failure);
  }

  get #opened(): Device {
    if (this.#device) return this.#device;
    throw new ChromaskError('closed', 'worker: there is no device');
  }
}

const factsOf = (device: Device): Facts => ({
  name: device.name,
  why: [...device.notes],
  limits: device.limits,
  stats: device.stats(),
});

/** Puts this side's signal and array where the page's options had theirs. */
function ownOf({ signal, into }: Stays, controller: AbortController, target: object): object {
  const size = target instanceof Batch ? target.size : 0;
  const numbers = into && (into === 'uint8' ? new Uint8Array(size) : new Float32Array(size));
  return { ...(signal && { signal: controller.signal }), ...(numbers && { into: numbers }) };
}
