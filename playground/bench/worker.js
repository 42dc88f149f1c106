// Runs every job on both devices and tells how long it took: away from the page, which stays responsive meanwhile.
import { open } from '../lib.js';
import { jobs, pictures } from './jobs.js';
import { gpuTimer } from './timer.js';

const SPENT = 600; // milliseconds for one job on one device, after which no further round begins
const ROUNDS = 25;
const TOLD = 3; // milliseconds that a clock of a tenth of one tells well enough

self.onmessage = async ({ data: { width, height } }) => {
  try {
    await measure(width, height);
  } catch (error) {
    postMessage({ type: 'failed', message: String(error?.message ?? error) });
  }
};

async function measure(width, height) {
  const bytes = pictures(width, height);
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  const wasm = side(await open({ device: 'wasm' }), bytes, width, height);
  const gpu = gl && side(await open({ gl }), bytes, width, height);
  const time = gl && gpuTimer(gl);
  const why = [...wasm.device.notes, ...(gpu?.device.notes ?? ['webgl2: there is no WebGL2 here'])];
  if (gl && !time) why.push('webgl2: this browser has no timer of the GPU (EXT_disjoint_timer_query_webgl2)');
  for (const [name, job] of Object.entries(jobs)) {
    const line = { type: 'line', name, wasm: await rounds(() => read(wasm, job)) };
    if (gpu) {
      line.webgl2 = await rounds(() => read(gpu, job));
      const before = gpu.device.stats();
      const own = await read(gpu, job);
      const after = gpu.device.stats();
      line.draws = after.draws - before.draws;
      line.uploaded = after.uploadedBytes - before.uploadedBytes;
      const exact = await read(wasm, job);
      line.differ = exact.reduce((sum, value, i) => sum + Number(value !== own[i]), 0);
      line.gpu = time && (await alone(gl, time, gpu, job));
    }
    postMessage(line);
  }
  wasm.device.close();
  gpu?.device.close();
  postMessage({ type: 'done', why });
}

function side(device, { photo, soft, hard }, width, height) {
  const given = { photo: device.image(photo, [height, width, 4]), width, height };
  for (const [name, mask] of Object.entries({ soft, hard })) given[name] = device.mask(mask, [height, width]);
  return { device, given, into: new Uint8Array(width * height) };
}

async function read({ given, into }, job) {
  const mask = job(given);
  const bytes = await mask.bytes({ into: into.subarray(0, mask.size) });
  mask.dispose();
  return bytes;
}

/** Milliseconds of one run, of the middle round. A round is as many runs as the browser's coarse clock can tell apart. */
async function rounds(run) {
  let many = 1;
  await run();
  const times = [];
  for (const end = performance.now() + SPENT; times.length < ROUNDS && performance.now() < end; ) {
    const begun = performance.now();
    for (let i = 0; i < many; i++) await run();
    const spent = performance.now() - begun;
    if (spent >= TOLD) times.push(spent / many);
    else many *= 4;
  }
  return middle(times);
}

/** Milliseconds that the GPU itself is busy until the mask is a texture that a page could show. */
async function alone(gl, time, { given }, job) {
  const times = [];
  for (let i = 0; i < 5; i++) {
    const mask = job(given);
    let texture;
    const spent = await time(async () => {
      texture = await mask.texture();
    });
    gl.deleteTexture(texture);
    mask.dispose();
    if (spent !== undefined) times.push(spent);
  }
  return times.length ? middle(times) : undefined;
}

const middle = (times) => times.sort((a, b) => a - b)[times.length >> 1];
