// All work on pixels, off the page's own thread: decoding, masks, painting, comparing, writing files.
import { channelNames, layerChannels, open } from '../lib.js';
import { createAnts } from './ants.js';
import { maskOf } from './masks.js';
import { paint } from './paint.js';
import { place, read, reduced } from './picture.js';

const THUMB = 112;
/** Comparing and counting wait until nothing has changed for so long, in milliseconds. */
const REST = 160;

const devices = {};
/** Pictures wait for the first device; the second may come later. */
const wasm = open({ device: 'wasm' });
const ants = createAnts();
const canvases = {};
let source;
let pictures = {};
/** The newest wish of the page, until it is begun. */
let wanted;
let queued = false;
let resting;
/** Loading, showing, comparing and writing take turns: none may take a picture away that another still reads. */
let turn = Promise.resolve();

function inTurn(work) {
  const done = turn.then(work);
  turn = done.catch(() => {});
  return done;
}

const tell = (type, value = {}, moved = []) => postMessage({ type, ...value }, moved);
const now = () => performance.now();
const frame = () => new Promise((done) => requestAnimationFrame(done));

const tasks = {
  start({ picture, mask, outline }) {
    Object.assign(canvases, { picture, mask });
    ants.open(outline);
    return begin();
  },
  load: ({ from, name }) => inTurn(() => load(from, name)),
  show(wish) {
    wanted = wish;
    clearTimeout(resting);
    if (queued) return;
    queued = true;
    return inTurn(run);
  },
  look({ port }) {
    ants.look(port);
    if (shown?.bytes && shown.view.ants) ants.show(shown.bytes, source.width, source.height);
  },
  write: (job) => inTurn(() => write(job)),
};

self.onmessage = async ({ data }) => {
  try {
    await tasks[data.type](data);
  } catch (error) {
    queued = false;
    tell('failed', { task: data.type, id: data.id, message: error.message, code: error.code });
  }
};

async function begin() {
  devices.wasm = await wasm;
  tell('device', { name: 'wasm' });
  try {
    devices.webgl2 = await open({ device: 'webgl2' });
    if (source) pictures.webgl2 = place(devices.webgl2, source);
    tell('device', { name: 'webgl2' });
    if (shown) restSoon();
  } catch (error) {
    devices.webgl2 = undefined;
    tell('device', { name: 'webgl2', refused: error.message });
  }
}

async function load(from, name) {
  const began = now();
  const next = await read(await wasm, from);
  for (const picture of Object.values(pictures)) picture.dispose();
  source = next;
  shown = undefined;
  lately = {};
  ants.hide();
  pictures = Object.fromEntries(
    Object.entries(devices)
      .filter(([, device]) => device)
      .map(([key, device]) => [key, place(device, source)]),
  );
  const { width, height, frames, bytes } = source;
  for (const canvas of Object.values(canvases)) Object.assign(canvas, { width, height });
  canvases.picture.getContext('2d').putImageData(new ImageData(new Uint8ClampedArray(bytes), width, height), 0, 0);
  tell('loaded', { name, width, height, frames, transparent: source.transparent, ms: now() - began });
  await thumbnails();
}

async function thumbnails() {
  const small = reduced(source, THUMB);
  const picture = place(devices.wasm, small);
  for (const name of Object.keys(layerChannels)) {
    const data = await picture.channel(name).normalize().toImageData();
    tell('thumbnail', { channel: name, data });
  }
  picture.dispose();
}

/** What is on the screen. */
let shown;
/** What the page has been told and need not hear again. */
let lately = {};

async function run() {
  while (wanted && source) {
    const wish = wanted;
    wanted = undefined;
    await show(wish);
    await frame();
  }
  queued = false;
  if (shown) restSoon();
}

function restSoon() {
  clearTimeout(resting);
  resting = setTimeout(() => inTurn(rest).catch(({ message }) => tell('failed', { task: 'rest', message })), REST);
}

async function show({ work, view, seq }) {
  const began = now();
  const name = pictures[view.device] ? view.device : 'wasm';
  const picture = pictures[name];
  const mask = await maskOf(picture, work);
  const bytes = name === 'wasm' || view.ants ? await mask.bytes() : undefined;
  await paint(canvases.mask, picture, source, mask, view, name === 'wasm' || !mask.draw ? bytes : undefined);
  if (view.ants && view.mode !== 'picture') ants.show(bytes, source.width, source.height);
  else ants.hide();
  shown = { work, view, seq, mask, bytes };
  tell('shown', { seq, device: name, ms: now() - began });
  await histogram(picture, work, view);
  await colors(picture, work);
}

/** What the levels are set on: the stretched channel. */
async function histogram(picture, work, view) {
  const { channel } = work.masks[view.editing];
  if (lately.channel === channel) return;
  lately.channel = channel;
  const [counts] = await picture.channel(channel).normalize().histogram();
  tell('histogram', { channel, counts });
}

async function colors(picture, work) {
  const key = JSON.stringify(work.colorMap);
  if (lately.colorMap === key) return;
  lately.colorMap = key;
  const { colors, counts } = await picture.colorMap(work.colorMap);
  tell('colors', { colors, counts });
}

/** At rest: the same mask, made anew on every device, and compared byte by byte. */
async function rest() {
  if (!shown || wanted) return;
  const { work, view, seq } = shown;
  const results = {};
  for (const [name, picture] of Object.entries(pictures)) {
    const began = now();
    results[name] = { bytes: await (await maskOf(picture, work)).bytes(), ms: now() - began };
    await frame();
    if (wanted) return;
  }
  const { wasm, webgl2 } = results;
  let sum = 0;
  for (const value of wasm.bytes) sum += value;
  shown.bytes ??= wasm.bytes;
  tell('rested', {
    seq,
    times: Object.fromEntries(Object.entries(results).map(([name, { ms }]) => [name, ms])),
    different: webgl2 ? count(wasm.bytes, webgl2.bytes) : undefined,
    pixels: wasm.bytes.length,
    share: sum / 255 / wasm.bytes.length,
    device: view.device,
  });
}

function count(a, b) {
  let different = 0;
  for (let i = 0; i < a.length; i++) different += a[i] === b[i] ? 0 : 1;
  return different;
}

/** A PNG of the mask, or of the picture with the mask as its alpha. */
async function write({ id, kind, work, view, text }) {
  const picture = pictures[pictures[view.device] ? view.device : 'wasm'];
  const mask = await maskOf(picture, work);
  const batch = kind === 'alpha' ? picture.image.withAlpha(mask.as('uint8')) : mask;
  const bytes = await batch.toPng(text ? { text } : {});
  tell('written', { id, bytes }, [bytes.buffer]);
}

// a channel the page may ask for is one the library knows
tell('ready', { channels: Object.keys(layerChannels).filter((name) => channelNames.includes(name)) });
