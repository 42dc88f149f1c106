// The start of a worker's script. The code that answers loads later, because pages import this file with `openWorker`.
import { ChromaskError } from '../base/errors.js';
import { type Endpoint, failureOf, isEndpoint, movable, type Reply, type Request } from './protocol.js';

/**
 * Answers the page's device from `openWorker`. Call it in the worker's own script. By default it answers the page
 * that made the worker.
 */
export function serve(endpoint: Endpoint = own()): void {
  const post = (reply: Reply): void => endpoint.postMessage(reply, 'value' in reply ? movable(reply.value) : []);
  const host = import('./host.js').then(({ Host }) => new Host(post));
  host.catch((error) => post({ type: 'refused', failure: failureOf(error) }));
  // a single promise keeps the messages in order
  const receive = (request: Request): Promise<void> =>
    host.then(
      (one) => one.receive(request),
      () => {},
    );
  endpoint.addEventListener('message', ({ data }) => void receive(data as Request));
  endpoint.start?.();
}

function own(): Endpoint {
  const scope: unknown = globalThis;
  if (isEndpoint(scope)) return scope;
  throw new ChromaskError('unsupported', 'serve: this is no worker; name the port that asks');
}
