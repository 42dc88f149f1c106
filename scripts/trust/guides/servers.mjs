// Tests the servers of docs/servers.md with the real Express and Fastify: a picture, invalid input, and a client
// that disconnects.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const SERVERS = 'docs/servers.md';

/** The guide's imports as calls of `load`, on a free port, and with the server returned. */
const program = (text) =>
  text
    .replace(/^import (\{.+\}) from '(.+)';$/gm, "const $1 = await load('$2');")
    .replace(/^import (\w+) from '(.+)';$/gm, "const { default: $1 } = await load('$2');")
    .replace('app.listen(8080);', 'return new Promise((done) => { const one = app.listen(0, () => done(one)); });')
    .replace('await server.listen({ port: 8080 });', 'await server.listen({ port: 0 }); return server.server;');

const AsyncFunction = (async () => {}).constructor;

export async function servers(folder, blocks, note) {
  const file = readFileSync('sample.png');
  const require = createRequire(join(folder, 'package.json'));
  const load = (name) =>
    import(name.startsWith('chromask') ? '../../../dist/chromask.js' : pathToFileURL(require.resolve(name)).href);
  const beginning = blocks(SERVERS, undefined, 'const png').trim();
  const { open } = await import('../../../dist/chromask.js');
  const device = await open({ device: 'wasm' });
  const expected = await (await device.load(file)).image.channel('L(LAB)').normalize().toPng();
  device.close();
  let tried = 0;
  for (const name of ['Express', 'Fastify']) {
    const make = new AsyncFunction('load', 'file', program(`${beginning}\n${blocks(SERVERS, name)}`));
    const server = await make(load, file);
    try {
      const url = `http://localhost:${server.address().port}/mask`;
      const post = (body) => fetch(url, { method: 'POST', headers: { 'content-type': 'image/png' }, body });
      const given = await post(file);
      const bytes = Buffer.from(await given.arrayBuffer());
      if (given.status !== 200 || Buffer.compare(bytes, expected) !== 0)
        note(`${name}: ${given.status} for a picture: ${bytes.subarray(0, 200)}`);
      const refused = await post('no picture');
      if (refused.status !== 415) note(`${name}: ${refused.status} for what is no picture, and 415 was expected`);
      const controller = new AbortController();
      const gone = fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'image/png' },
        body: file,
        signal: controller.signal,
      });
      setTimeout(() => controller.abort(), 5);
      await gone.then(
        () => {},
        () => {},
      );
      const again = await post(file);
      if (again.status !== 200) note(`${name}: ${again.status} after a client that went away`);
      tried += 4;
    } finally {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  }
  return tried;
}
