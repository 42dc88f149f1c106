// `npm run play`: builds the playground and serves it on loopback. `-- --out folder` writes it as files for any
// server.
import { cpSync, createReadStream, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { parseArgs } from 'node:util';
import { evidence } from './evidence.mjs';
import { build, install, root } from './setup.mjs';

const help = `npm run play                    build, and serve the playground on loopback
npm run play -- --port N        at this port (default: one that is free)
npm run play -- --out FOLDER    write it as files to put on any server
npm run play -- --help          this
`;
const values = options();
if (values.help) {
  console.log(help.trimEnd());
  process.exit();
}
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** The address of the expected results for the page of a device. */
const EVIDENCE = 'playground/device/evidence';

install();
build();
if (values.out) write(values.out);
else serve(Number(values.port));

function options() {
  try {
    const text = { type: 'string' };
    const { values } = parseArgs({ options: { out: text, port: text, help: { type: 'boolean', short: 'h' } } });
    const { port = '0' } = values;
    if (/^\d+$/.test(port) && Number(port) < 65536) return { ...values, port };
    throw new Error(`--port must be a whole number from 0 to 65535, got ${JSON.stringify(port)}`);
  } catch (error) {
    console.error(`play: ${error.message.split('\n')[0]}; npm run play -- --help lists the options`);
    process.exit(2);
  }
}

/** The playground and the built library side by side. */
function write(folder) {
  mkdirSync(folder, { recursive: true });
  cpSync('playground', join(folder, 'playground'), { recursive: true });
  cpSync('sample.png', join(folder, 'playground', 'sample.png'));
  writeFileSync(join(folder, 'playground', 'about.json'), about());
  mkdirSync(join(folder, EVIDENCE), { recursive: true });
  for (const [name, made] of Object.entries(evidence)) writeFileSync(join(folder, EVIDENCE, name), made());
  for (const name of ['chromask.js', 'comfy.js', 'chunks']) {
    const filter = (file) => !/\.(map|cjs)$/.test(file);
    cpSync(join('dist', name), join(folder, 'dist', name), { recursive: true, filter });
  }
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><meta http-equiv="refresh" content="0; url=playground/">\n',
  );
  console.log(`The playground is in ${folder}; put it on a server and open its index.html.`);
}

/** What the page says about the package: its version, and a link to more. */
function about() {
  const { name, version, homepage, repository } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const source = repository?.url?.replace(/^git\+/, '').replace(/\.git$/, '');
  const links = [
    { title: 'Docs', href: homepage },
    { title: 'Source', href: source },
    { title: 'npm', href: `https://www.npmjs.com/package/${name}` },
  ];
  return JSON.stringify({ version, links: links.filter(({ href }) => href) });
}

function fileOf(path) {
  if (/^\/playground\/(device\/|video\/)?$/.test(path)) return `${path.slice(1)}index.html`;
  if (path === '/playground/sample.png') return 'sample.png';
  const inside = normalize(path).slice(1);
  return /^(playground|dist)\//.test(inside) ? inside : undefined;
}

function serve(port) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    if (path === '/') return response.writeHead(302, { location: '/playground/' }).end();
    if (path === '/playground/about.json')
      return response.writeHead(200, { 'content-type': 'application/json' }).end(about());
    const packed = path.startsWith(`/${EVIDENCE}/`) ? path.slice(EVIDENCE.length + 2) : '';
    if (Object.hasOwn(evidence, packed))
      return response.writeHead(200, { 'content-type': 'application/gzip' }).end(evidence[packed]());
    const file = fileOf(path) && join(root, fileOf(path));
    if (!file || !existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end('not here');
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
    });
    createReadStream(file).pipe(response);
  });
  server.on('error', (error) => {
    console.error(`play: ${error.message}`);
    process.exitCode = 1;
  });
  server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/playground/`));
}
