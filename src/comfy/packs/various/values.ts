// Plain values of several small packs: sizes for a video model, a slider, a conversion, a host's parameter.
import { refusal } from '../../../base/errors.js';
import { combo, float, int, optional, string } from '../../inputs.js';
import { node } from '../../node.js';
import { numeric } from '../lib/values.js';

const SIDE = 2 ** 32;
/** sys.maxsize as the nearest double, and the greatest double. */
const WIDE = 2 ** 63;
const END = Number.MAX_VALUE;

const RATIOS = [
  '16:9 — YouTube, HD, TV',
  '21:9 — Ultrawide, cinematic',
  '4:3 — Classic TV, monitor',
  '3:2 — Photography, DSLR',
  '2:1 — Cinematic wide',
  '5:4 — Old CRT monitor',
  '1:1 — Square, Instagram',
] as const;

/** The options for 16:9 landscape. The front end replaces them by others. */
const RESOLUTIONS = [
  ...['896x512', '1024x576', '1152x640', '1280x704', '1344x768', '1472x832', '1600x896', '1728x960', '1792x1024'],
  ...['1920x1088', '2048x1152', '2176x1216', '2304x1280', '2368x1344', '2496x1408', '2624x1472', '2752x1536'],
  ...[
    '2816x1600',
    '2944x1664',
    '3072x1728',
    '3200x1792',
    '3328x1856',
    '3392x1920',
    '3520x1984',
    '3648x2048',
    '3776x2112',
  ],
] as const;

export const nodes = {
  LTXDimensionCalculator: node({
    title: 'LTX Dimension Calculator',
    category: 'LTX',
    module: 'custom_nodes.ComfyUI-LTXDimensionCalculator',
    about:
      'The two numbers of resolution, WIDTHxHEIGHT, and half of each, without a remainder. The others only choose what is offered.',
    inputs: {
      ratio: { ...combo(RATIOS, '16:9 — YouTube, HD, TV'), free: true },
      orientation: { ...combo(['Landscape', 'Portrait'], 'Landscape'), free: true },
      resolution: { ...combo(RESOLUTIONS, '2368x1344'), free: true },
    },
    outputs: [
      ['INT', 'width'],
      ['INT', 'height'],
      ['INT', 'width_half'],
      ['INT', 'height_half'],
      ['STRING', 'label'],
    ],
    run({ resolution }, { node }) {
      const found = /^\s*(\d{1,9})\s*x\s*(\d{1,9})\s*$/.exec(resolution);
      if (!found) throw refusal(node, 'resolution', 'two whole numbers with an x between them', resolution);
      const [width, height] = [Number(found[1]), Number(found[2])];
      return [width, height, Math.floor(width / 2), Math.floor(height / 2), resolution];
    },
  }),

  mxSlider: node({
    title: 'Slider',
    category: 'utils/mxToolkit',
    module: 'custom_nodes.ComfyUI-mxToolkit',
    about: 'Xf where isfloatX is 1, else Xi.',
    inputs: {
      Xi: int({ default: 20, min: -SIDE, max: SIDE }),
      Xf: float({ default: 20, min: -SIDE, max: SIDE }),
      isfloatX: int({ default: 0, min: 0, max: 1 }),
    },
    outputs: [['*', 'X']],
    run: ({ Xi, Xf, isfloatX }) => [isfloatX > 0 ? Xf : Xi],
  }),

  'Int to float': node({
    title: 'Int to float',
    category: 'Derfuu_Nodes/Functions/Converters',
    module: 'custom_nodes.Derfuu_ComfyUI_ModdedNodes',
    about: 'The whole number.',
    also: ['DF_Int_to_Float'],
    inputs: { Value: int({ default: 1, min: -WIDE, max: WIDE }) },
    outputs: [['FLOAT', 'FLOAT']],
    run: ({ Value }) => [Value],
  }),

  ETN_Parameter: node({
    title: 'Parameter',
    category: 'krita',
    module: 'custom_nodes.comfyui-tooling-nodes',
    about:
      'The default: as a number, cut to a whole one where the type says so, or as it is written. Krita puts its own value there.',
    quirk: 'Of the type toggle it is true where it is written true, True or 1; the original hands the text on.',
    inputs: {
      name: string('Parameter'),
      type: combo([
        ...(['auto', 'number', 'number (integer)', 'toggle', 'choice', 'text'] as const),
        ...(['prompt (positive)', 'prompt (negative)'] as const),
      ]),
      default: string(),
      min: optional(float({ default: -1e10, min: -END, max: END })),
      max: optional(float({ default: 1e10, min: -END, max: END })),
    },
    outputs: [['*', 'value']],
    run({ type, default: given }, { node }) {
      if (type === 'toggle') return [/^(true|1)$/i.test(given.trim())];
      if (type !== 'number' && type !== 'number (integer)') return [given];
      const value = numeric(node, 'default', given);
      return [type === 'number' ? value : Math.trunc(value) + 0];
    },
  }),
};
