// One number of a pixel: channels, and where a pixel is of a colour.
import { none, type Row, whole } from './row.js';

/** The words of a lattice are made where an engine first needs them. */
const lattice = (name: 'labL' | 'labA' | 'labB') => async () => {
  const { labNodes } = await import('./figures/lab.js');
  return () => labNodes(name);
};

const pick = { kind: 'pick', on: 'image', channel: true, of: 'uint8', params: none } as const;

export const channels = {
  /** CIE lightness of sRGB, as LittleCMS gives it: L * 255 / 100. */
  labL: { ...pick, nodes: lattice('labL') },
  /** Green to red, a + 128. */
  labA: { ...pick, nodes: lattice('labA') },
  /** Blue to yellow, b + 128. */
  labB: { ...pick, nodes: lattice('labB') },
  /** The red byte. */
  red: pick,
  /** The green byte. */
  green: pick,
  /** The blue byte. */
  blue: pick,
  /** The alpha byte; 255 where a picture has none. */
  alpha: { ...pick, polarity: 'begins' },
  /** JPEG's luma. */
  yuvY: pick,
  /** JPEG's blue difference, Cb. */
  yuvU: pick,
  /** JPEG's red difference, Cr. */
  yuvV: pick,
  /** Hue: 255 is a full turn. */
  hsvH: pick,
  /** Saturation. */
  hsvS: pick,
  /** Value: the largest of red, green and blue. */
  hsvV: pick,
  /** Pillow's gray: (19595 R + 38470 G + 7471 B + 32768) >> 16. */
  luma: pick,

  /** One stored channel of a float picture. */
  plane: {
    kind: 'pick',
    of: 'float32',
    params: { index: whole(0, 0, 3) },
    polarity: ({ index }: { index: number }) => (index === 3 ? 'begins' : undefined),
  },
  /** 255 (or 1) where a pixel has exactly this colour; `color` is packed, red lowest. */
  match: { kind: 'pick', of: 'uint8', many: true, params: { color: whole(0, 0, 0xffffffff) } },
  /** 1 where a pixel of floats has exactly these values in all its channels. */
  matchFloat: {
    kind: 'pick',
    of: 'float32',
    params: {
      red: { type: 'number', default: 0, min: -Infinity, max: Infinity },
      green: { type: 'number', default: 0, min: -Infinity, max: Infinity },
      blue: { type: 'number', default: 0, min: -Infinity, max: Infinity },
      alpha: { type: 'number', default: 0, min: -Infinity, max: Infinity },
    },
  },
  /** 1 where a pixel, clamped to 0..1 and rounded to bytes, is this colour. */
  selectColor: {
    kind: 'pick',
    on: 'image',
    of: 'float32',
    params: {
      /** The colour that is selected. */
      color: { type: 'color', default: 0, min: 0, max: 0xffffff },
    },
  },
} as const satisfies Record<string, Row>;
