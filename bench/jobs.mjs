// The jobs: each one's name, the pictures it reads, what its answer consists of, and how much faster than a peer it
// must be (`reach`: the peer's time over chromask's). `exact` names the peer whose answer is the definition, if that
// is not plain loops; `near` is how far an answer may be from it.
export const jobs = {
  J1: { what: 'red of RGBA, bytes', reads: ['photo'], reach: { opencv: 1 / 1.1 } },
  J1f: { what: 'alpha of RGBA, float32', reads: ['photo'], reach: { memcpy: 1 / 1.15, opencv: 2 } },
  J2: { what: 'L of Lab, bytes', reads: ['photo'], reach: { pillow: 13, opencv: 2 } },
  J3: { what: 'H of HSV, bytes', reads: ['photo'], reach: { pillow: 13, opencv: 2.4 } },
  J4: { what: 'Y of YCbCr, bytes', reads: ['photo'], reach: { pillow: 4 } },
  J4u: { what: 'U of YCbCr, bytes', reads: ['photo'], reach: { pillow: 3.5 } },
  J5: {
    what: 'L, normalise, levels, invert, times a mask, float32',
    reads: ['photo', 'a'],
    reach: { pillow: 9, opencv: 1.8, shipped: 80 },
  },
  J6: { what: 'masks of 8 of 30 colours, float32', reads: ['map'], reach: { numpy: 6, shipped: 500 } },
  J6b: { what: 'masks of 8 of 30 colours, bytes', reads: ['map'], reach: { numpy: 6 } },
  J6p: { what: 'masks of the 8 commonest colours of a photo, float32', reads: ['opaque'], reach: { numpy: 6 } },
  J7: { what: 'product of two masks, bytes', reads: ['a', 'b'], reach: { opencv: 1 / 1.15 } },
  J7a: { what: 'sum of two masks, bytes', reads: ['a', 'b'], reach: { opencv: 1 / 1.15 } },
  J7m: { what: 'maximum of two masks, bytes', reads: ['a', 'b'], reach: { opencv: 1 / 1.15 } },
  J7g: { what: 'grow by 8 (square), bytes', reads: ['a'], reach: { opencv: 1 / 1.4, scipy: 400 } },
  J7t: { what: 'grow by 8, tapered (diamond), bytes', reads: ['a'], reach: { scipy: 400 } },
  J8: { what: 'PNG file to RGBA', reads: ['png'], reach: { sharp: 1.4 }, sizes: ['1k', 'hd', '4k', '8k'] },
  J8e: {
    what: 'gray mask to PNG file',
    reads: ['a'],
    reach: { opencv: 1 / 1.1 },
    sizes: ['1k', 'hd', '4k', '8k'],
    file: true,
  },
  S1: { what: 'blur by 8, bytes', reads: ['a'], exact: 'pillow', reach: { pillow: 4 } },
  S1b: { what: 'blur by 40, bytes', reads: ['a'], exact: 'pillow', reach: { pillow: 4 } },
  S2: { what: 'median by 7, bytes', reads: ['a'], exact: 'opencv', reach: { opencv: 1.5 } },
  S3: { what: 'grow by 8 (disk), bytes', reads: ['a'], exact: 'opencv', reach: { opencv: 1 } },
  S4: { what: 'components: areas and boxes', reads: ['a'], exact: 'opencv', reach: { opencv: 1.2 } },
  S5: { what: 'distance inside, float32', reads: ['a'], exact: 'scipy', reach: { opencv: 1.2 } },
  S6: { what: 'holes filled, bytes', reads: ['a'], exact: 'scipy', reach: { scipy: 4 } },
  S7: { what: 'outlines, filled again', reads: ['a'], exact: 'inside', reach: { opencv: 1.5 } },
  S8: { what: 'half the size (lanczos), bytes', reads: ['a'], exact: 'pillow', reach: { pillow: 2 } },
  S9: { what: 'refine by 8, float32', reads: ['photo', 'a'], exact: 'opencv', near: 2 / 255, reach: { opencv: 3 } },
  S10: { what: 'a colour range (rgb), bytes', reads: ['photo'], exact: 'numpy', reach: { numpy: 20 } },
  S10b: { what: 'a colour range (box), bytes', reads: ['photo'], exact: 'opencv', reach: { opencv: 0.8 } },
  S11: { what: 'a wand over half the picture, bytes', reads: ['photo'], exact: 'opencv', reach: { opencv: 1 } },
};

/**
 * In the order of the table. The first is measured against all others. Those with `python` run in python3 if it has
 * their modules; those with `threads` can use several.
 */
export const peers = {
  chromask: { threads: true },
  memcpy: {},
  js: {},
  sharp: { threads: true },
  'opencv-js': {},
  'wasm-vips': {},
  photon: {},
  'image-js': {},
  pngjs: {},
  'fast-png': {},
  'upng-js': {},
  pillow: { python: true },
  opencv: { python: true, threads: true },
  numpy: { python: true },
  'numpy-table': { python: true },
  scipy: { python: true },
  shipped: { python: true, slow: true },
};
