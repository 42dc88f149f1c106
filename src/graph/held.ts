// What belongs to a batch: the call that made it, the node of that call, and its home. All are kept apart from the batch, so that
// an object that only looks like one, a Proxy for example, has none of them.
import { ChromaskError, classOf } from '../base/errors.js';
import type { Dtype } from '../engine.js';
import type { Evaluator } from './evaluator.js';
import type { Home } from './home.js';
import { Node, type Values } from './node.js';

/** A batch, as far as the graph knows it: [B, H, W] of a mask, [B, H, W, C] of an image. */
export interface Shaped {
  readonly shape: readonly number[];
  readonly dtype: Dtype;
}

/**
 * A call of the public face; without `op`, numbers from outside. The node holds what it became for the sizes at hand (a crop that
 * was cut, a batch that was repeated); the call itself can be made again on other sizes.
 */
export interface Call {
  readonly op?: string;
  readonly params: Values;
  readonly inputs: readonly Call[];
  /** Only for numbers from outside: the batch itself. Disposing it frees its memory nevertheless. */
  readonly batch?: Shaped;
}

interface Owner {
  readonly call: Call;
  readonly node: Node;
  readonly home: Home;
  /** Whether its memory is freed when this batch is disposed. */
  readonly first: boolean;
}

/** A batch that was disposed keeps only its call here. */
const owners = new WeakMap<object, Owner | Pick<Owner, 'call'>>();

/** Whether a constructor made it, disposed or not. A Proxy of a batch, or an object with its prototype, is none. */
export const isHeld = (one: unknown): one is Shaped => owners.has(Object(one));

/** Notes what belongs to a new batch. */
export function hold(batch: Shaped, node: Node, home: Home, call?: Call): void {
  if (!(node instanceof Node) || !home) {
    // not the constructor's name, which bundlers shorten
    throw new ChromaskError(
      'bad-argument',
      `${classOf(batch)}: made by a device alone: device.mask, device.image, load`,
    );
  }
  owners.set(batch, { node, home, first: !node.owned, call: call ?? { params: {}, inputs: [], batch } });
  node.owned = true;
}

export function ownerOf(batch: object): Owner | undefined {
  const owner = owners.get(batch);
  return owner && 'node' in owner ? owner : undefined;
}

/** The call that gave a batch, disposed or not. */
export const callOf = (batch: Shaped): Call => (owners.get(batch) as Owner).call;

/** A call of these batches, for the batch that it gives to hold. */
export const callFor = (op: string, inputs: readonly Shaped[], params: Values = {}): Call => ({
  op,
  params,
  inputs: inputs.map(callOf),
});

/** The node behind a batch; refuses a disposed one before anything happens. */
export function nodeOf(batch: object, operation: string): Node {
  const owner = ownerOf(batch);
  if (!owner) throw new ChromaskError('disposed', `${operation}: this batch was disposed`);
  if (owner.home.closed) throw new ChromaskError('closed', `${operation}: the device of this batch was closed`);
  return owner.node;
}

export function homeOf(batch: object, operation: string): Home {
  nodeOf(batch, operation);
  return (owners.get(batch) as Owner).home;
}

/** The evaluator behind a batch; refuses one of a worker, whose work is not done on this thread. */
export function evaluatorOf(batch: object, operation: string): Evaluator {
  const { here } = homeOf(batch, operation);
  if (here) return here;
  throw new ChromaskError('unsupported', `${operation}: the device works in a worker`);
}

/** Whether disposing this batch frees memory: it was the first of its node. */
export const ownsMemory = (batch: object): boolean => ownerOf(batch)?.first === true;

/** Free the memory behind a batch, even if other batches share it. */
export function forget(batch: Shaped): void {
  const { node, home } = owners.get(batch) as Owner;
  if (node.hold) home.here?.store.drop(node.hold);
  if (node.op !== 'source') return;
  node.pixels = undefined;
  node.gone = `source: the ${batch.shape.length === 3 ? 'mask' : 'image'} [${batch.shape.join(', ')}] this is made from was disposed`;
}

/** Lets a disposed batch go. The first batch of its node takes the memory with it. */
export function release(batch: Shaped): void {
  const owner = ownerOf(batch);
  if (!owner) return;
  if (owner.first) forget(batch);
  owners.set(batch, { call: owner.call });
}
