// Every public call that computes, each on input that takes a while, from the tables and classes themselves, so that
// a new call is included or reported.

/** Options that make most of a row's work, and its least value. */
function extremes(params, { width, height }) {
  const of = (pick) =>
    Object.fromEntries(
      Object.entries(params).map(([name, param]) => {
        if (params.height && (name === 'width' || name === 'height')) return [name, name === 'width' ? width : height];
        if (name === 'x' || name === 'y') return [name, 1];
        if (param.type === 'boolean') return [name, pick === Math.max];
        if (param.type === 'text') return [name, param.default];
        if (param.type === 'choice') return [name, param.options[pick === Math.max ? param.options.length - 1 : 0]];
        // half is in and half is out
        if (param.min === 0 && param.max === 1) return [name, 0.5];
        return [name, pick === Math.max ? Math.min(param.max, 120) : Math.max(param.min, -120)];
      }),
    );
  return [of(Math.max), of(Math.min)];
}

/** Numbers that do not compress, made quickly by repeating one stretch. */
export function noise(n, seed = 1) {
  const stretch = new Uint8Array(Math.min(n, 1_000_003));
  let state = seed;
  for (let i = 0; i < stretch.length; i++) {
    state = (state ^ (state << 13)) >>> 0;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    stretch[i] = state;
  }
  const all = new Uint8Array(n);
  for (let at = 0; at < n; at += stretch.length) all.set(stretch.subarray(0, n - at), at);
  return all;
}

/** Names that are excluded: classes that give batches without computing, or that report what is known. */
const quick = {
  device: [
    'why',
    'notes',
    'name',
    'limits',
    'on',
    'stats',
    'close',
    'check',
    'make',
    'tell',
    'home',
    'image',
    'mask',
    'allocImage',
  ],
  batch: [
    'location',
    'at',
    'slice',
    'recipe',
    'sources',
    'dispose',
    'like',
    'floats',
    'self',
    'as',
    'channel',
    'composite',
  ],
  mask: ['polarity'],
  image: ['premultiplied', 'colorRange', 'wand'],
};

const namesOf = (prototype) => {
  const names = new Set();
  for (let one = prototype; one && one !== Object.prototype; one = Object.getPrototypeOf(one))
    for (const name of Object.getOwnPropertyNames(one))
      if (name !== 'constructor' && name !== 'toString' && true) names.add(name);
  return [...names];
};

/**
 * `[name, (signal) => Promise]` for every call. `library`: the exports of the main entry, chromask/png and
 * chromask/comfy. `size`: the size of the pictures.
 */
export async function calls(library, device, size) {
  const { ops, measures, channelNames } = library;
  const { width, height } = size;
  const n = width * height;
  const image = device.image(noise(n * 4), [height, width, 4]);
  const mask = device.mask(noise(n, 7), [height, width]);
  const floats = {
    image: device.image(floatsOf(noise(n * 3, 3)), [height, width, 3]),
    mask: device.mask(floatsOf(noise(n, 5)), [height, width]),
  };
  const many = device.mask(noise(100_000 * 16, 9), [100_000, 4, 4]);
  const made = [];
  const add = (name, call) => made.push([name, call]);
  const read = (name, make) =>
    add(name, async (signal) => {
      const batch = make();
      try {
        await batch.bytes({ signal });
      } finally {
        batch.dispose();
      }
    });

  // rows
  for (const [name, row] of Object.entries(ops)) {
    if (!row.on || row.channel) continue;
    for (const [i, options] of extremes(row.params, size).entries()) {
      if (i && !Object.keys(row.params).length) continue;
      const which = i ? 'least' : 'most';
      if (row.on === 'device') {
        read(`${name}, ${which}`, () => device.make(name, { ...options, ...heavy[name] }));
        continue;
      }
      const receivers = [];
      if (row.on !== 'mask') receivers.push(['image', row.of === 'float32' ? floats.image : image]);
      if (row.on !== 'image') receivers.push(['mask', row.of === 'float32' ? floats.mask : mask]);
      if (row.on !== 'image' && row.of === 'both') receivers.push(['floats', floats.mask]);
      for (const [kind, receiver] of receivers) {
        const other = row.with === 'image' ? image : row.with && (receiver.dtype === 'uint8' ? mask : floats.mask);
        read(`${name} of ${kind}, ${which}`, () => receiver[name](...(other ? [other] : []), options));
      }
    }
    if (row.kind === 'table') read(`${name} of 100,000`, () => many[name]());
  }
  for (const name of channelNames) read(`channel ${name}`, () => image.channel(name));
  for (const [name, row] of Object.entries(measures)) {
    const other = row.with ? [mask.invert()] : [];
    const receivers =
      row.on === 'image'
        ? [['image', image]]
        : [
            ['mask', mask],
            ['floats', floats.mask],
          ];
    for (const [kind, receiver] of receivers)
      for (const options of Object.keys(row.params).length ? extremes(row.params, size) : [{}])
        add(`${name} of ${kind} ${JSON.stringify(options)}`, (signal) =>
          receiver[name](...other, { ...options, signal }),
        );
  }
  const own = await waysOf(library, device, { image, mask, floats, many, size });
  for (const [of, receiver, kinds] of [
    ['mask', mask, ['mask', 'batch']],
    ['image', image, ['image', 'batch']],
    ['device', device, ['device']],
  ]) {
    for (const name of namesOf(Object.getPrototypeOf(receiver))) {
      if (Object.hasOwn(ops, name) || Object.hasOwn(measures, name) || kinds.some((kind) => quick[kind].includes(name)))
        continue;
      const ways = own[of][name] ?? own.batch[name];
      if (!ways) throw new Error(`${name} of ${of} is in no table: what calls it?`);
      for (const [how, call] of Object.entries(ways(receiver))) add(`${name} of ${of}${how && `, ${how}`}`, call);
    }
  }
  for (const [name, call] of Object.entries(own.functions)) add(name, call);
  return made;
}

const floatsOf = (bytes) => Float32Array.from(bytes, (v) => v / 255);

const star = (n) => `M${Array.from({ length: n }, (_, i) => `${(i * 7919) % 4001} ${(i * 104729) % 3001}`).join(' ')}Z`;
const heavy = {
  path: { d: star(2000) },
  stroke: {
    points: Array.from({ length: 2000 }, (_, i) => `${(i * 7919) % 4001} ${(i * 104729) % 3001}`).join(' '),
    radius: 60,
  },
  gradient: { x0: 0, y0: 0, x1: 4000, y1: 3000 },
};

async function waysOf(library, device, { image, mask, floats, many, size }) {
  const { width, height } = size;
  const canvas = () => new OffscreenCanvas(width, height);
  const plain =
    (name, more = {}) =>
    (batch) => ({ '': (signal) => batch[name]({ ...more, signal }) });
  const both = (name) => (batch) => ({
    '': (signal) => batch[name]({ signal }),
    floats: (signal) => (batch.shape.length === 3 ? floats.mask : floats.image)[name]({ signal }),
  });
  const functions = {};
  const map = noise(width * height).map((v) => v & 3);
  const half = mask.threshold();
  const [rle, runs] = [await half.toCocoRle(), await half.toCocoRle({ compressed: false })];
  const { encode, encodeApng, decode, saveDocument, openDocument, runWorkflow, runNode } = library;
  const raw = { width, height, channels: 4, data: noise(width * height * 4) };
  const few = { width, height, channels: 3, data: noise(width * height * 3).map((v) => (v % 3) * 20) };
  const wide = { width, height, channels: 3, bitDepth: 16, data: new Uint16Array(noise(width * height * 6).buffer) };
  const black = { width, height, channels: 1, bitDepth: 1, data: noise(width * height).map((v) => v & 1) };
  const palette = { width, height, palette: noise(400), data: noise(width * height).map((v) => v % 100) };
  const files = {};
  for (const [kind, picture] of Object.entries({ raw, few, wide, black, palette })) {
    for (const level of ['fast', 'small', 'smallest'])
      functions[`encode ${level}, ${kind}`] = (signal) => encode(picture, { level, signal });
    functions[`decode ${kind}`] = async (signal) => decode(await files[kind], { signal });
    functions[`decode ${kind} as rgba8`] = async (signal) => decode(await files[kind], { format: 'rgba8', signal });
    files[kind] = await encode(picture);
  }
  const frames = [1, 2].map((seed) => ({ data: noise(width * height * 4, seed), delay: 40 }));
  for (const level of ['fast', 'small'])
    functions[`encodeApng ${level}`] = (signal) => encodeApng({ width, height, frames }, { level, signal });
  const animated = await encodeApng({ width, height, frames }, { level: 'fast' });
  // a document holds some millions of pixels at most, and fewer of floats
  const side = Math.min(width, height, 2000);
  const [drawn, soft] = [
    device.mask(
      noise(side * side).map((_, i) => (i >> 9) & 1),
      [side, side],
    ),
    device.mask(floatsOf(noise(250_000)), [500, 500]),
  ];
  const documents = [await saveDocument(drawn.invert()), await saveDocument(soft.invert())];
  functions.saveDocument = (signal) => saveDocument(drawn.grow({ expand: 9 }), { signal });
  functions['saveDocument of floats'] = (signal) => saveDocument(soft.invert(), { signal });
  for (const [i, document] of documents.entries())
    functions[`openDocument ${i}`] = async (signal) =>
      (await openDocument(device, document, { signal })).bytes({ signal });
  const graph = {
    1: { class_type: 'LoadImage', inputs: { image: 'a.png' } },
    2: { class_type: 'GrowMask', inputs: { mask: ['1', 1], expand: 100, tapered_corners: true } },
    3: { class_type: 'MaskToImage', inputs: { mask: ['2', 0] } },
    4: { class_type: 'PreviewImage', inputs: { images: ['3', 0] } },
  };
  functions.runWorkflow = async (signal) => {
    for (const { mask: one } of (await runWorkflow(device, graph, { files: { 'a.png': await files.raw }, signal }))
      .masks)
      await one.bytes({ signal });
  };
  functions.runNode = async (signal) => {
    const [one] = await runNode(device, 'GrowMask', { mask, expand: 100, tapered_corners: true }, { signal });
    await one.bytes({ signal });
  };
  functions['decode animated'] = (signal) => decode(animated, { frames: true, signal });
  return {
    batch: {
      bytes: both('bytes'),
      data: both('data'),
      withBytes: (batch) => ({ '': (signal) => batch.withBytes(() => 0, { signal }) }),
      withData: (batch) => ({ '': (signal) => batch.withData(() => 0, { signal }) }),
      draw: (batch) =>
        typeof OffscreenCanvas === 'undefined'
          ? {}
          : {
              '': (signal) => batch.draw(canvas(), { signal }),
              floats: (signal) => (batch.shape.length === 3 ? floats.mask : floats.image).draw(canvas(), { signal }),
              smaller: (signal) => batch.draw(new OffscreenCanvas(width >> 1, height >> 1), { signal }),
              tint: (signal) => mask.draw(canvas(), { tint: '#ff0000', over: image, signal }),
            },
      toImageBitmap: typeof createImageBitmap === 'undefined' ? () => ({}) : both('toImageBitmap'),
      toImageData: typeof ImageData === 'undefined' ? () => ({}) : both('toImageData'),
      texture: () => ({}),
      toPng: (batch) =>
        Object.fromEntries(
          ['fast', 'small', 'smallest'].map((level) => [level, (signal) => batch.toPng({ level, signal })]),
        ),
      toBlob: plain('toBlob'),
      toTensor: (batch) => ({
        '': (signal) => batch.toTensor({ signal }),
        NHWC: (signal) => batch.toTensor({ layout: 'NHWC', mean: 0.5, std: 0.2, signal }),
      }),
    },
    mask: {
      toDataURL: plain('toDataURL'),
      toNpy: plain('toNpy'),
      histogram: (batch) => ({
        '': (signal) => batch.histogram({ signal }),
        'of 100,000': (signal) => many.invert().histogram({ signal }),
      }),
      toCocoRle: (batch) => ({
        '': (signal) => batch.toCocoRle({ signal }),
        'as numbers': (signal) => batch.toCocoRle({ compressed: false, signal }),
      }),
      toPng: (batch) => ({
        ...Object.fromEntries(
          ['fast', 'small', 'smallest'].map((level) => [level, (signal) => batch.toPng({ level, signal })]),
        ),
        '16 bits': (signal) => floats.mask.toPng({ bitDepth: 16, level: 'smallest', signal }),
        '1 bit': (signal) => floats.mask.toPng({ bitDepth: 1, level: 'smallest', signal }),
      }),
    },
    image: {
      colorMap: (batch) => ({
        '': (signal) => batch.colorMap({ minPixels: 1, maxCount: 50, signal }),
        floats: (signal) => floats.image.colorMap({ minPixels: 1, maxCount: 50, signal }),
        masks: async (signal) => (await batch.colorMap({ minPixels: 1, maxCount: 50, signal })).masks.bytes({ signal }),
      }),
    },
    device: {
      load: () => ({
        '': async (signal) => (await device.load(files.raw, { signal })).mask.bytes({ signal }),
        animated: async (signal) => (await device.load(animated, { signal })).mask.bytes({ signal }),
      }),
      labels: () => ({ '': (signal) => device.labels(map, [height, width], { signal }) }),
      fromCocoRle: () => ({
        '': (signal) => device.fromCocoRle(rle, { signal }),
        'of numbers': (signal) => device.fromCocoRle(runs, { signal }),
      }),
      path: () => ({}),
      polygon: () => ({}),
      rectangle: () => ({}),
      ellipse: () => ({}),
      stroke: () => ({}),
      gradient: () => ({}),
      solid: () => ({}),
      run: () => ({
        '': async (signal) =>
          (await device.run(mask.grow({ expand: 100 }).recipe({ inputs: { mask } }), { mask }, { signal })).bytes({
            signal,
          }),
      }),
    },
    functions,
  };
}

/**
 * Runs a call whose signal fires after some milliseconds. Returns the longest time in which nothing else could run,
 * and how late the call ended: by the clock or the processor's time, whichever is less, because other programs run
 * too.
 */
export async function measured(call, after = Number.POSITIVE_INFINITY) {
  const abort = new AbortController();
  let fired;
  const timer =
    Number.isFinite(after) &&
    setTimeout(() => {
      fired = time();
      abort.abort();
    }, after);
  const start = time();
  let [last, longest, running] = [start, 0, true];
  const beat = () => {
    longest = Math.max(longest, since(last));
    last = time();
    if (running) setImmediate(beat);
  };
  setImmediate(beat);
  let error;
  try {
    await call(abort.signal);
  } catch (cause) {
    error = cause;
  }
  const late = fired && since(fired);
  running = false;
  beat();
  clearTimeout(timer);
  return { whole: since(start), longest, late, error };
}

const time = () => ({ clock: performance.now(), processor: process.cpuUsage() });

function since({ clock, processor }) {
  const { user, system } = process.cpuUsage(processor);
  return Math.min(performance.now() - clock, (user + system) / 1000);
}
