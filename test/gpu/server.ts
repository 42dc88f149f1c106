// Serves the browsers of the GPU tests: the checks, the built files, and other programs' recorded results.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { className, type Recorded, readCases } from '../golden/read.js';
import { evidence } from '../ops.js';

export type Built = (file: string) => string | Uint8Array | undefined;

/** The recorded calls that give a mask or an image, in a form that travels. */
function casesText(): string {
  const sent = ({ shape, data }: Recorded): object => {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    return { shape, type: data instanceof Uint8Array ? 'uint8' : 'float32', base64: bytes.toString('base64') };
  };
  const all = (group: Record<string, Recorded>): object =>
    Object.fromEntries(Object.entries(group).map(([k, v]) => [k, sent(v)]));
  return JSON.stringify(
    readCases().map((one) => ({
      ...one,
      className: className(one.node),
      inputs: all(one.inputs),
      outputs: all(one.outputs),
    })),
  );
}

/** The chunk of the build that has the GPU's engine; its name carries a hash. */
const engine = (): string =>
  `/dist/chunks/${readdirSync('dist/chunks').find((name) => /^webgl-open-.*\.js$/.test(name))}`;

export const onDisk: Built = (file) => {
  const path = join('dist', file);
  return existsSync(path) ? readFileSync(path) : undefined;
};

/** No WebAssembly, no eval, no blobs, no inline scripts. */
const STRICT = "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; img-src 'self'";

export function serve(script: () => string, built: Built): Promise<Server> {
  let cases: string | undefined;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = pathname.startsWith('/dist/') ? built(pathname.slice('/dist/'.length)) : undefined;
    if (pathname === '/strict') response.setHeader('content-security-policy', STRICT);
    response.setHeader('content-type', pathname.endsWith('.js') ? 'text/javascript' : 'text/html');
    if (pathname === '/engine.js')
      response.writeHead(302, { location: built('engine.js') ? '/dist/engine.js' : engine() }).end();
    else if (pathname === '/checks.js') response.end(script());
    else if (pathname === '/cases.json') {
      cases ??= casesText();
      response.end(cases);
    } else if (pathname === '/ops.json') response.end(JSON.stringify(evidence()));
    else if (file) response.end(file);
    else response.end('<!doctype html><title>checks</title><script src="/checks.js"></script>');
  });
  return new Promise((resolve) => server.listen(0, () => resolve(server)));
}
