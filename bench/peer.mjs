// The process of a peer, which answers one request at a time.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { peers } from './jobs.mjs';

const at = (name) => fileURLToPath(new URL(name, import.meta.url));
const modules = {
  pillow: 'numpy, PIL',
  opencv: 'numpy, cv2',
  numpy: 'numpy',
  'numpy-table': 'numpy',
  scipy: 'scipy',
  shipped: 'torch, PIL',
};

export class Peer {
  #process;
  #replies;

  static async start(name, jobNames, threads = 1) {
    const peer = new Peer();
    peer.name = name;
    peer.threads = threads;
    const python = peers[name].python && pythonWith(modules[name]);
    if (peers[name].python && !python) peer.missing = `no python3 has ${modules[name]}`;
    if (peer.missing) return peer;
    const [program, ...given] = python
      ? [python, at('peers/python.py'), name]
      : [process.execPath, at('worker.mjs'), name];
    // numpy's own AVX-512 pow differs from every other build in six places
    const env = {
      ...process.env,
      BENCH_THREADS: String(threads),
      NPY_DISABLE_CPU_FEATURES: 'AVX512F AVX512CD AVX512_SKX AVX512_CLX AVX512_CNL AVX512_ICL',
    };
    peer.#process = spawn(program, given, { stdio: ['pipe', 'pipe', process.env.DEBUG ? 'inherit' : 'ignore'], env });
    peer.#replies = createInterface({ input: peer.#process.stdout })[Symbol.asyncIterator]();
    try {
      peer.jobs = await peer.ask('can', { names: jobNames });
    } catch (error) {
      peer.missing = error.message;
    }
    return peer;
  }

  async ask(command, given = {}) {
    this.#process.stdin.write(`${JSON.stringify({ command, ...given })}\n`);
    for (;;) {
      const { value: line, done } = await this.#replies.next();
      if (done) throw new Error('its process ended');
      if (line[0] !== '\u0001') continue; // libraries print too
      const { value, error } = JSON.parse(line.slice(1));
      if (error !== undefined) throw new Error(error);
      return value;
    }
  }

  stop() {
    this.#process?.stdin.end();
  }
}

function pythonWith(names) {
  return ['python3', '/usr/bin/python3'].find((python) => spawnSync(python, ['-c', `import ${names}`]).status === 0);
}
