// All work on pixels, off the page's own thread: decoding, masks, painting, comparing, writing files.
import { channelNames, layerChannels, open } from '../lib.js';
import { documentOf, writing } from './files.js';
import { maskOf, scaled, scales, soft } from './masks.js';
import { createOutline } from './outline.js';
import { covers, paintMask, paintPicture, regionOf } from './paint.js';
import { LARGE, place, preview, read, reduced, SOFT } from './picture.js';

const THUMB = 112;
/** Comparing and counting wait until nothing has changed for so long, in milliseconds. */
const REST = 160;
/** While something is held it may move again at any moment. */
const HELD = 1000;
/** An outline that takes longer than this is drawn at rest. */
const QUICK = 8;
/** Of a picture with more pixels than this, an outline is drawn when the pointer lets go: dashes cost more than the mask. */
const LINED = 2 ** 19;

const devices = {};
/** Pictures wait for the first device; the second may come later. */
const wasm = open({ device: 'wasm' });
const outline = createOutline();
const canvases = {};
let source;
let pictures = {};
/** A smaller copy of a large picture. */
let small;
/** What the canvases show of it. */
let region;
let port;
/** The newest wish of the page, until it is begun. */
let wanted;
let queued = false;
let resting;
/** Work at rest, which gives way to a new wish. */
let leave = new AbortController();
/** Loading, showing, comparing and writing take turns: none may take a picture away that another still reads. */
let turn = Promise.resolve();
/** What is on the screen. */
let shown;
/** What the page has been told already. */
let lately = {};
let outlineTook = 0;
let warmed = false;

function inTurn(work) {
  const done = turn.then(work);
  turn = done.catch(() => {});
  return done;
}

const tell = (type, value = {}, moved = []) => postMessage({ type, ...value }, moved);
const now = () => performance.now();
const frame = () => new Promise((done) => requestAnimationFrame(done));

const tasks = {
  start(given) {
    Object.assign(canvases, { picture: given.picture, mask: given.mask });
    outline.open(given.outline);
    return begin();
  },
  load: ({ from, name, seq }) => {
    leave.abort();
    return inTurn(() => load(from, name, seq));
  },
  show(wish) {
    wanted = wish;
    clearTimeout(resting);
    leave.abort();
    if (queued) return;
    queued = true;
    return inTurn(run);
  },
  look(given) {
    port = given.port;
    outline.look(port);
    if (!source || !region || covers(region, source, port)) return;
    restSoon();
  },
  write: (job) => inTurn(() => writing(job, pictures, tell)),
  document: ({ id, work, view }) =>
    inTurn(async () => tell('document', { id, document: await documentOf(pictures, work, view) })),
};

self.onmessage = async ({ data }) => {
  try {
    await tasks[data.type](data);
  } catch (error) {
    if (data.type === 'show') queued = false;
    fail(data, error);
  }
};

function fail({ type, id, seq, name }, error) {
  const { message = String(error), code } = error ?? {};
  tell('failed', { task: type, id, seq, name, message, code });
}

async function begin() {
  devices.wasm = await wasm;
  tell('device', { name: 'wasm' });
  try {
    devices.webgl2 = await open({ device: 'webgl2' });
    if (source) await inTurn(() => placeOn('webgl2'));
    tell('device', { name: 'webgl2' });
    if (shown) restSoon();
  } catch (error) {
    devices.webgl2 = undefined;
    tell('device', { name: 'webgl2', refused: error.message });
  }
}

/** A picture may be too large for one device and not for another. */
function placeOn(name) {
  try {
    pictures[name] = place(devices[name], source);
  } catch (error) {
    if (name === 'wasm') throw error;
    tell('device', { name, refused: error.message, picture: true });
  }
}

async function load(from, name, seq) {
  const began = now();
  const next = await read(await wasm, from);
  for (const picture of Object.values(pictures)) picture.dispose();
  small?.dispose();
  outline.hide();
  [source, shown, lately, pictures, small, region] = [next, undefined, {}, {}, undefined, undefined];
  for (const key of Object.keys(devices)) if (devices[key]) placeOn(key);
  const { width, height, frames, transparent } = source;
  region = regionOf(source, undefined);
  // a mask of the last picture is none of this one
  Object.assign(canvases.mask, { width: region.across, height: region.down });
  await paintPicture(canvases.picture, pictures.wasm, region, source);
  tell('loaded', { name, seq, width, height, frames, transparent, region, ms: now() - began });
  await thumbnails();
}

async function thumbnails() {
  const tiny = reduced(source, THUMB);
  const picture = place(devices.wasm, tiny);
  for (const name of Object.keys(layerChannels)) {
    const data = await picture.channel(name).normalize().toImageData();
    tell('thumbnail', { channel: name, data });
  }
  await warm(picture);
  picture.dispose();
}

/** Kernels that tools and sliders need load with the first picture, and not with the first move of a hand. */
async function warm({ image }) {
  if (warmed) return;
  warmed = true;
  const mask = image.wand({ x: 0, y: 0, tolerance: 8 }).fillHoles().removeSmall({ area: 2 });
  const all = mask
    .max(mask.grow({ expand: 1 }))
    .invert()
    .blur({ radius: 1 })
    .fadeEdges({ left: 1 });
  await all.bytes();
  await all.outlines();
}

async function run() {
  while (wanted && source) {
    const wish = wanted;
    wanted = undefined;
    try {
      await show(wish);
    } catch (error) {
      fail({ type: 'show', seq: wish.seq }, error);
    }
  }
  queued = false;
  if (shown) restSoon();
}

function restSoon() {
  clearTimeout(resting);
  resting = setTimeout(
    () => {
      leave = new AbortController();
      const { signal } = leave;
      inTurn(() => rest(signal)).catch((error) => {
        if (!signal.aborted) fail({ type: 'rest', seq: shown?.seq }, error);
      });
    },
    shown?.lasts ? HELD : REST,
  );
}

const deviceOf = (view) => (pictures[view.device] ? view.device : 'wasm');

async function show({ work, view, seq, lasts }) {
  const began = now();
  const name = deviceOf(view);
  const pixels = source.width * source.height;
  const copied = pixels > (lasts && soft(work) ? SOFT : LARGE) && scales(work);
  if (copied) small ??= await preview(pictures.wasm, source);
  const picture = copied ? small : pictures[name];
  const mask = await maskOf(picture, copied ? scaled(work, small.width / source.width) : work);
  // the page stretches a small canvas sooner than this thread would fill a larger one
  const own = { across: picture.width, down: picture.height };
  const target = copied && pixels <= LARGE ? { ...region, ...own } : region;
  await paintMask(canvases.mask, picture, mask, view, target, source);
  const whole = copied ? undefined : mask;
  shown = { work, view, seq, lasts, whole };
  const lined = view.ants && view.mode !== 'picture';
  const busy = lasts && pixels > LINED;
  if (lined && !copied && !busy && outlineTook < QUICK) await drawOutline(mask);
  else outline.hide();
  tell('shown', {
    seq,
    device: copied ? 'wasm' : name,
    preview: copied && [picture.width, picture.height],
    ms: now() - began,
    recipe: await recipeOf(name, work, view, whole),
  });
  if (!copied) await notes();
}

/** What the page's panel of code shows, where it does: of the whole picture, though a copy may be all that was computed. */
async function recipeOf(name, work, { code }, whole) {
  if (code !== 'recipe') return undefined;
  const picture = pictures[name];
  const mask = whole ?? (await maskOf({ ...picture, lazy: true }, work));
  return mask.recipe({ inputs: picture.inputs(work) });
}

async function drawOutline(mask, options) {
  const began = now();
  try {
    const [rings] = await mask.outlines(options);
    outline.show(rings);
    shown.lined = true;
  } catch (error) {
    // a mask of noise has more edges than an outline can have
    if (error.code !== 'limit') throw error;
    outline.hide();
  }
  outlineTook = now() - began;
}

/** What the page shows beside the mask, where it has changed. */
async function notes(signal) {
  const { work, view } = shown;
  const picture = pictures[deviceOf(view)];
  const { channel } = work.masks[view.editing];
  if (lately.channel !== channel) {
    const [counts] = await picture.stretched(channel).histogram({ signal });
    lately.channel = channel;
    tell('histogram', { channel, counts });
  }
  const key = JSON.stringify(work.colorMap);
  if (lately.colorMap !== key) {
    const { colors, counts } = await picture.colorMap(work.colorMap);
    lately.colorMap = key;
    tell('colors', { colors, counts });
  }
}

/** At rest: the whole in the screen's detail, then the same mask made anew on every device, and compared byte by byte. */
async function rest(signal) {
  if (!shown || wanted) return;
  const { work, view, seq } = shown;
  const name = deviceOf(view);
  if (!shown.whole) {
    const began = now();
    const mask = await maskOf(pictures[name], work);
    await mask.withBytes(() => undefined, { signal });
    shown.whole = mask;
    await paintMask(canvases.mask, pictures[name], mask, view, region, source, { signal });
    const recipe = await recipeOf(name, work, view, mask);
    tell('shown', { seq, device: name, ms: now() - began, recipe });
  }
  if (port && !covers(region, source, port)) {
    const next = regionOf(source, port);
    await paintPicture(canvases.picture, pictures.wasm, next, source, { signal });
    await paintMask(canvases.mask, pictures[name], shown.whole, view, next, source);
    region = next;
    tell('placed', { region });
  }
  if (view.ants && view.mode !== 'picture' && !shown.lined) await drawOutline(shown.whole, {});
  await notes(signal);
  if (shown.compared) return;
  const results = {};
  for (const [name, picture] of Object.entries(pictures)) {
    const began = now();
    const mask = await maskOf(picture, work);
    results[name] = { bytes: await mask.bytes({ signal }), ms: now() - began };
    await frame();
    signal.throwIfAborted();
  }
  const { wasm, webgl2 } = results;
  let sum = 0;
  for (const value of wasm.bytes) sum += value;
  shown.compared = true;
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

// a channel the page may ask for is one the library knows
tell('ready', { channels: Object.keys(layerChannels).filter((name) => channelNames.includes(name)) });
