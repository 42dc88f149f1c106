// The messages between page and worker. Nodes are sent as plain data, each once, and then named by number. Pixels
// are moved.
import { Batch } from '../api/batch.js';
import { ChromaskError, type ErrorCode } from '../base/errors.js';
import { isPlain } from '../base/params.js';
import type { Dtype, Extent, Numbers, Stats } from '../engine.js';
import { nodeOf } from '../graph/held.js';
import { inOrder, Node, type NodeOp, type Values } from '../graph/node.js';

/** A worker, the worker's own scope, or a MessagePort. */
export interface Endpoint {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'error', listener: (event: Event) => void): void;
  start?(): void;
}

export const isEndpoint = (value: unknown): value is Endpoint =>
  typeof Object(value).postMessage === 'function' && typeof Object(value).addEventListener === 'function';

export interface Sent {
  id: number;
  op: NodeOp;
  values: Values;
  inputs: number[];
  extent: Extent;
}

export interface Facts {
  name: 'wasm' | 'webgl2';
  why: readonly string[];
  limits: { memory: number; side: number; cache: number };
  stats: Stats;
}

/** Which arguments have a signal, and an array to fill, that stay on the page. */
export interface Stays {
  place: number;
  signal: boolean;
  into: Dtype | undefined;
}

/** A call on a batch (`on` is its node) or on the device. */
export interface Call {
  type: 'call';
  call: number;
  on: number | undefined;
  image: boolean;
  method: string;
  args: unknown[];
  stays: Stays | undefined;
  nodes: Sent[];
}

export type Request =
  /**
   * The worker holds `alive` and the lock as long as it lives. Both show the page that the worker has ended, which
   * it cannot report itself.
   */
  | { type: 'open'; options: object; alive: MessagePort; lock: string }
  | { type: 'source'; id: number; extent: Extent; pixels: Numbers }
  | Call
  | { type: 'abort'; call: number }
  /** `unwanted`: the node was never given to a caller, so its memory is freed at once. */
  | { type: 'forget'; id: number; unwanted?: boolean }
  | { type: 'close' };

export interface Failure {
  name: string;
  message: string;
  code: ErrorCode | undefined;
}

export type Reply =
  | { type: 'opened'; facts: Facts }
  | { type: 'refused'; failure: Failure }
  /** `held`: whether the device keeps the result of the batch. */
  | { type: 'done'; call: number; value: unknown; nodes: Sent[]; facts: Facts; held: boolean }
  | { type: 'failed'; call: number; failure: Failure; facts: Facts }
  | { type: 'progress'; done: number; total: number }
  | { type: 'event'; event: 'lost' | 'restored'; facts: Facts };

/** Numbers nodes. One side counts up, the other down. */
export class Ledger {
  readonly #ids = new WeakMap<Node, number>();
  readonly #known: Pick<Map<number, Node>, 'get' | 'set' | 'delete'>;
  readonly #count: 1 | -1;
  #last = 0;

  constructor(count: 1 | -1, known: Pick<Map<number, Node>, 'get' | 'set' | 'delete'>) {
    this.#count = count;
    this.#known = known;
  }

  /** The number of a node. Adds the nodes that it is made from to `news` if the other side does not know them. */
  tell(node: Node, news: Sent[]): number {
    const told = (one: Node): boolean => this.#ids.has(one);
    for (const one of inOrder(node, told)) {
      if (told(one)) continue;
      const { op, values, extent } = one;
      const inputs = one.inputs.map((input) => this.#ids.get(input) as number);
      news.push({ id: this.add(one), op, values, inputs, extent });
    }
    return this.#ids.get(node) as number;
  }

  /** Adds nodes from the other side. */
  receive(news: readonly Sent[]): Node[] {
    return news.map(({ id, op, values, inputs, extent }) => {
      const node = new Node(
        op,
        values,
        inputs.map((input) => this.get(input)),
        extent,
      );
      this.add(node, id);
      return node;
    });
  }

  add(node: Node, id = this.#last + this.#count): number {
    if (Math.sign(id) === this.#count) this.#last = id;
    this.#ids.set(node, id);
    this.#known.set(id, node);
    return id;
  }

  idOf(node: Node): number | undefined {
    return this.#ids.get(node);
  }

  get(id: number): Node {
    const node = this.#known.get(id);
    if (node) return node;
    throw new ChromaskError('disposed', 'worker: a batch is gone');
  }

  forget(id: number): void {
    this.#known.delete(id);
  }
}

/** Stands for a batch in a message. */
class Reference {
  readonly chromask = true;
  constructor(
    readonly id: number,
    readonly image: boolean,
  ) {}
}

const isReference = (value: unknown): value is Reference => isPlain(value) && value.chromask === true;

/** Replaces batches by references: the value itself, or the properties of an object, but no deeper. */
export function pack(value: unknown, ledger: Ledger, news: Sent[]): unknown {
  return replaced(value, (one) => {
    if (!(one instanceof Batch)) return one;
    const { id, image } = new Reference(ledger.tell(nodeOf(one, 'worker'), news), one.shape.length === 4);
    return { chromask: true, id, image };
  });
}

export function unpack(value: unknown, batchOf: (id: number, image: boolean) => Batch): unknown {
  return replaced(value, (one) => (isReference(one) ? batchOf(one.id, one.image) : one));
}

function replaced(value: unknown, each: (value: unknown) => unknown): unknown {
  const own = each(value);
  if (own !== value || !isPlain(value)) return own;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, each(one)]));
}

/** What to move instead of copying. Small arrays are copied, because their owners may keep them. */
export function movable(value: unknown): Transferable[] {
  const found = new Set<Transferable>();
  for (const one of isPlain(value) ? Object.values(value) : [value]) {
    if (typeof ImageBitmap !== 'undefined' && one instanceof ImageBitmap) found.add(one);
    if (!ArrayBuffer.isView(one) || !(one.buffer instanceof ArrayBuffer)) continue;
    if (one.byteLength === one.buffer.byteLength && one.byteLength > 65536) found.add(one.buffer);
  }
  return [...found];
}

export function failureOf(error: unknown): Failure {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return { name, message, code: error instanceof ChromaskError ? error.code : undefined };
}

export function errorOf({ name, message, code }: Failure): Error {
  if (code) return new ChromaskError(code, message);
  return name === 'AbortError' ? new DOMException(message, name) : Object.assign(new Error(message), { name });
}
