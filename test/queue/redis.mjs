// A private redis-server on loopback, in its own folder, with its append-only file.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';

/** The server's command, Redis or Valkey; undefined if neither is installed. */
export function redisCommand() {
  return ['redis-server', 'valkey-server'].find((name) => spawnSync(name, ['--version']).status === 0);
}

export async function startRedis(folder) {
  const command = redisCommand();
  if (!command) throw new Error('there is no redis-server; Debian: apt-get install redis-server');
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const args = ['--port', port, '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--save', ''].map(
    String,
  );
  let server;
  const start = async () => {
    server = spawn(command, args, { stdio: 'ignore' });
    while (!(await answers(port))) await sleep(50);
  };
  const kill = async () => {
    const ended = new Promise((done) => server.once('exit', done));
    server.kill('SIGKILL');
    await ended;
  };
  await start();
  return { url: `redis://127.0.0.1:${port}`, start, kill };
}

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

function freePort() {
  return new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

function answers(port) {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const end = (found) => {
      socket.destroy();
      done(found);
    };
    socket.on('data', (data) => end(data.toString().startsWith('+PONG')));
    socket.on('error', () => end(false));
    socket.setTimeout(500, () => end(false));
  });
}
