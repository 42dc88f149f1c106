// Impact: assembles, splits and labels SEGS, and selects them by label, measure and overlap.
import { boolean, combo, float, image, int, mask, optional, segs, string } from '../../inputs.js';
import { node } from '../../node.js';
import type { Seg, Segs } from '../../sockets.js';
import type { Named } from '../lib/each.js';
import { checkedBytes, lay, measured, measures, util } from './common.js';
import { LABELS } from './labels.js';

const LARGEST = 2 ** 63;
const value = (fallback: number) => int({ default: fallback, min: 0, max: LARGEST });
const share = float({ default: 0.5, min: 0, max: 1, step: 0.01 });
const element = { type: 'SEG_ELT' } as const;
const region = { type: 'SEG_ELT_crop_region' } as const;
const bbox = { type: 'SEG_ELT_bbox' } as const;
const segsOut = [['SEGS', 'SEGS']] as const;
const two = [
  ['SEGS', 'filtered_SEGS'],
  ['SEGS', 'remained_SEGS'],
] as const;
const sides = [
  ['INT', 'left'],
  ['INT', 'top'],
  ['INT', 'right'],
  ['INT', 'bottom'],
] as const;
const targets = [...measures, 'length_percent', 'confidence(0-100)'] as const;

/** A comma-separated list with each element stripped. */
const listed = (text: string): string[] => text.split(',').map((one) => one.trim());

const PAIRS: readonly string[] = ['eyes', 'eyebrows', 'pupils'];
/** Whether a label is one side of a requested pair: `left_eye` for `eyes`. */
const isSideOf = (label: string, pairs: ReadonlySet<string>): boolean =>
  PAIRS.some((pair) => pairs.has(pair) && ['left_', 'right_'].some((side) => label === side + pair.slice(0, -1)));

const divided = ({ size, segs }: Segs, is: (seg: Seg) => boolean): [Segs, Segs] => [
  { size, segs: segs.filter(is) },
  { size, segs: segs.filter((seg) => !is(seg)) },
];

function measureOf(seg: Seg, target: (typeof targets)[number]): number {
  if (target === 'confidence(0-100)') return seg.confidence * 100;
  if (target !== 'length_percent') return measured(seg, target);
  const [width, height] = [measured(seg, 'width'), measured(seg, 'height')];
  return Math.max(height / width, width / height) * 100;
}

/** For each region, the bytes of its masks on the whole picture. */
async function places({ size, segs }: Segs, call: Named): Promise<Uint8Array[]> {
  const made: Uint8Array[] = [];
  for (const seg of segs) {
    const bytes = new Uint8Array(size[0] * size[1]);
    for (const plane of await checkedBytes(call.node, size, seg, call)) lay(bytes, size, seg, plane);
    made.push(bytes);
  }
  return made;
}

/** How many pixels are set in both, in either, and in `one`. */
function overlap(one: Uint8Array, other: Uint8Array): readonly [both: number, either: number, own: number] {
  let [both, either, own] = [0, 0, 0];
  for (let at = 0; at < one.length; at++) {
    const [a, b] = [one[at] > 0, other[at] > 0];
    if (a) own++;
    if (a && b) both++;
    if (a || b) either++;
  }
  return [both, either, own];
}

export const nodes = {
  ImpactSEGSConcat: node({
    ...util,
    title: 'SEGS Concat',
    about: 'The regions of all SEGS of one picture.',
    quirk: 'SEGS of pictures of other sizes than the first, and empty ones, are left out, as in the original.',
    inputs: { segs1: segs },
    more: { prefix: 'segs', input: segs },
    outputs: segsOut,
    run(_, { more }) {
      const all = [...more.values()].filter(({ size, segs }) => segs.length > 0 && (size[0] > 0 || size[1] > 0));
      const [first] = all;
      if (!first) return [{ size: [0, 0] as const, segs: [] }];
      const { size } = first;
      const same = all.filter((one) => one.size[0] === size[0] && one.size[1] === size[1]);
      return [{ size, segs: same.flatMap((one) => one.segs) }];
    },
  }),

  ImpactSEGSLabelAssign: node({
    ...util,
    title: 'SEGS Assign (label)',
    about: 'Labels the regions in order. Regions without a new label keep theirs.',
    inputs: { segs, labels: { ...string(), multiline: true } },
    outputs: segsOut,
    run({ segs: { size, segs }, labels }) {
      const names = listed(labels);
      return [{ size, segs: segs.map((seg, i) => ({ ...seg, label: names[i] ?? seg.label })) }];
    },
  }),

  ImpactSEGSLabelFilter: node({
    ...util,
    title: 'SEGS Filter (label)',
    about:
      'The regions with one of these labels, and the others. `all` are all; eyes, eyebrows and pupils are those of either side too.',
    quirk: 'The preset only fills in labels on the screen.',
    inputs: { segs, preset: combo(['all', ...LABELS]), labels: { ...string(), multiline: true } },
    outputs: two,
    run({ segs, labels }) {
      const names = new Set(listed(labels));
      return divided(segs, ({ label }) => names.has('all') || names.has(label) || isSideOf(label, names));
    },
  }),

  ImpactSEGSRangeFilter: node({
    ...util,
    title: 'SEGS Filter (range)',
    about:
      'The regions of which this measure lies within the values, or without `mode` outside of them, and the others.',
    inputs: { segs, target: combo(targets), mode: boolean(true), min_value: value(0), max_value: value(67108864) },
    outputs: two,
    run: ({ segs, target, mode, min_value, max_value }) =>
      divided(segs, (seg) => {
        const own = measureOf(seg, target);
        return mode ? min_value <= own && own <= max_value : own < min_value || own > max_value;
      }),
  }),

  ImpactSEGSIntersectionFilter: node({
    ...util,
    title: 'SEGS Filter (intersection)',
    about: 'The regions of the first SEGS of which no region of the second covers more than this share.',
    quirk: 'A region of a picture of another size covers all, as in the original.',
    inputs: { segs1: segs, segs2: segs, ioa_threshold: share },
    outputs: [['SEGS', 'filtered_SEGS']],
    async run({ segs1, segs2, ioa_threshold }, call) {
      const [own, others] = [await places(segs1, call), await places(segs2, call)];
      const fit = segs1.size[0] === segs2.size[0] && segs1.size[1] === segs2.size[1];
      const isFree = (one: Uint8Array): boolean =>
        others.every((other) => {
          const [both, , all] = overlap(one, fit ? other : one);
          return !(all > 0 && both / all > ioa_threshold);
        });
      return [{ size: segs1.size, segs: segs1.segs.filter((_, i) => isFree(own[i])) }];
    },
  }),

  ImpactSEGSNMSFilter: node({
    ...util,
    title: 'SEGS Filter (non max suppression)',
    about: 'The regions by confidence, the highest first, without those that share this much with one before them.',
    quirk: 'Of equal confidence the last comes first.',
    inputs: { segs, iou_threshold: share },
    outputs: [['SEGS', 'filtered_SEGS']],
    async run({ segs: { size, segs }, iou_threshold }, call) {
      const own = await places({ size, segs }, call);
      const order = segs.map((_, i) => i).sort((a, b) => segs[b].confidence - segs[a].confidence || b - a);
      const kept: number[] = [];
      for (const i of order) {
        const isApart = kept.every((other) => {
          const [both, either] = overlap(own[other], own[i]);
          return (either > 0 ? both / either : 0) < iou_threshold;
        });
        if (isApart) kept.push(i);
      }
      return [{ size, segs: kept.map((i) => segs[i]) }];
    },
  }),

  ImpactCount_Elts_in_SEGS: node({
    ...util,
    title: 'Count Elts in SEGS',
    about: 'How many regions there are.',
    inputs: { segs },
    outputs: [['INT', 'INT']],
    run: ({ segs }) => [segs.segs.length],
  }),

  ImpactDecomposeSEGS: node({
    ...util,
    title: 'Decompose (SEGS)',
    about: 'The size of the picture, and the regions as a list.',
    inputs: { segs },
    outputs: [
      ['SEGS_HEADER', 'SEGS_HEADER'],
      ['SEG_ELT', 'SEG_ELT', 'list'],
    ],
    run: ({ segs: { size, segs } }) => [size, segs],
  }),

  ImpactAssembleSEGS: node({
    ...util,
    title: 'Assemble (SEGS)',
    about: 'SEGS of the first size and all regions.',
    inputs: { seg_header: { type: 'SEGS_HEADER' }, seg_elt: element },
    outputs: segsOut,
    takesLists: true,
    run: ({ seg_header, seg_elt }) => [{ size: seg_header[0], segs: seg_elt }],
  }),

  ImpactFrom_SEG_ELT: node({
    ...util,
    title: 'From SEG_ELT',
    about: 'The parts of a region: itself, its picture if it has one, its mask, boxes, confidence and label.',
    quirk: 'There is never a control_net_wrapper.',
    inputs: { seg_elt: element },
    outputs: [
      ['SEG_ELT', 'seg_elt'],
      ['IMAGE', 'cropped_image'],
      ['MASK', 'cropped_mask'],
      ['SEG_ELT_crop_region', 'crop_region'],
      ['SEG_ELT_bbox', 'bbox'],
      ['*', 'control_net_wrapper'],
      ['FLOAT', 'confidence'],
      ['STRING', 'label'],
    ],
    run: ({ seg_elt: seg }) => [
      ...[seg, seg.image, seg.mask.as('float32'), seg.crop_region, seg.bbox],
      ...[undefined, seg.confidence, seg.label],
    ],
  }),

  ImpactEdit_SEG_ELT: node({
    ...util,
    title: 'Edit SEG_ELT',
    about: 'A region with a new picture, mask, place, confidence or label, if given.',
    inputs: {
      seg_elt: element,
      cropped_image_opt: optional(image),
      cropped_mask_opt: optional(mask),
      crop_region_opt: optional(region),
      bbox_opt: optional(bbox),
      control_net_wrapper_opt: { type: '*', optional: true, as: 'SEG_ELT_control_net_wrapper' },
      // these only come by a link; without one there is no value
      confidence_opt: { type: '*', optional: true, as: 'FLOAT' },
      label_opt: { type: '*', optional: true, as: 'STRING' },
    },
    outputs: [['SEG_ELT', 'SEG_ELT']],
    run({ seg_elt: seg, ...given }) {
      const { label_opt, confidence_opt } = given;
      const picture = given.cropped_image_opt ?? seg.image;
      const made: Seg = {
        label: typeof label_opt === 'string' ? label_opt : seg.label,
        confidence: typeof confidence_opt === 'number' ? confidence_opt : seg.confidence,
        crop_region: given.crop_region_opt ?? seg.crop_region,
        bbox: given.bbox_opt ?? seg.bbox,
        mask: given.cropped_mask_opt ?? seg.mask,
        ...(picture && { image: picture }),
      };
      return [made];
    },
  }),

  ImpactFrom_SEG_ELT_bbox: node({
    ...util,
    title: 'From SEG_ELT bbox',
    about: 'The sides of a box, by truncation.',
    inputs: { bbox },
    outputs: sides,
    run: ({ bbox: [left, top, right, bottom] }) => [
      ...[Math.trunc(left), Math.trunc(top), Math.trunc(right), Math.trunc(bottom)],
    ],
  }),

  ImpactFrom_SEG_ELT_crop_region: node({
    ...util,
    title: 'From SEG_ELT crop_region',
    about: 'The sides of a place.',
    inputs: { crop_region: region },
    outputs: sides,
    run: ({ crop_region }) => [...crop_region],
  }),
};
