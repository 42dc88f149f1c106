// essentials: a mask that opens from frame to frame.
import { refusal } from '../../../base/errors.js';
import { combo, ENDLESS, int, MAX } from '../../inputs.js';
import { node } from '../../node.js';
import { halfEven } from '../lib/numbers.js';
import { essentials } from './common.js';

const TYPES = [
  ...['horizontal slide', 'vertical slide', 'horizontal bar', 'vertical bar', 'center box'],
  ...['horizontal door', 'vertical door', 'circle', 'fade'],
] as const;
type Rectangle = readonly [left: number, top: number, right: number, bottom: number];

const timings = {
  linear: (t: number) => t,
  in: (t: number) => t ** 2,
  out: (t: number) => 1 - (1 - t) ** 2,
  'in-out': (t: number) => (t < 0.5 ? (2 * t) ** 2 / 2 : 1 - (1 - (2 * t - 1)) ** 2 / 2),
};

/** The open part of a frame at this progress, as rectangles. */
function opened(type: string, width: number, height: number, progress: number): readonly Rectangle[] {
  const [across, down] = [halfEven(width * progress), halfEven(height * progress)];
  const [x, y] = [Math.floor((width - across) / 2), Math.floor((height - down) / 2)];
  const [half, low] = [Math.ceil((width * progress) / 2), Math.ceil((height * progress) / 2)];
  switch (type) {
    case 'horizontal slide':
      return [[0, 0, across, height]];
    case 'vertical slide':
      return [[0, 0, width, down]];
    case 'horizontal bar':
      return [[0, y, width, y + down]];
    case 'vertical bar':
      return [[x, 0, x + across, height]];
    case 'center box':
      return [[x, y, x + across, y + down]];
    case 'horizontal door':
      return low
        ? [
            [0, 0, width, low],
            [0, Math.max(height - low, 0), width, height],
          ]
        : [];
    case 'vertical door':
      return half
        ? [
            [0, 0, half, height],
            [Math.max(width - half, 0), 0, width, height],
          ]
        : [];
    default:
      return [];
  }
}

function draw(frame: Float32Array, type: string, width: number, height: number, progress: number): void {
  if (type === 'fade') frame.fill(progress);
  if (type === 'circle') {
    const radius = Math.ceil((Math.sqrt(width ** 2 + height ** 2) * progress) / 2);
    const [x, y] = [Math.floor(width / 2), Math.floor(height / 2)];
    for (const at of frame.keys()) {
      if (((at % width) - x) ** 2 + (Math.floor(at / width) - y) ** 2 <= radius ** 2) frame[at] = 1;
    }
  }
  for (const [left, top, right, bottom] of opened(type, width, height, progress)) {
    for (let row = top; row < Math.min(bottom, height); row++) frame.fill(1, row * width + left, row * width + right);
  }
}

const side = int({ default: 512, min: 1, max: MAX });
const frame = (fallback: number) => int({ default: fallback, min: 0, max: ENDLESS });

export const transition = {
  'TransitionMask+': node({
    ...essentials,
    title: '🔧 Transition Mask',
    about:
      'Zeros until start_frame, then a slide, bar, box, door or circle that opens or a fade, all ones from end_frame on. Timing: linear, t², ' +
      '1 - (1 - t)², or one after the other.',
    quirk: 'A transition of one frame is refused; the original divides by 0.',
    inputs: {
      ...{ width: side, height: side, frames: int({ default: 16, min: 1, max: 9999 }) },
      ...{ start_frame: frame(0), end_frame: frame(9999) },
      transition_type: combo(TYPES),
      timing_function: combo(['linear', 'in', 'out', 'in-out']),
    },
    run({ width, height, frames, start_frame, end_frame, transition_type, timing_function }, { device, node }) {
      const end = Math.min(frames, end_frame);
      const steps = Math.max(end - start_frame, 0);
      if (steps === 1)
        throw refusal(node, 'start_frame', 'so that the transition has two frames, or none', start_frame);
      const size = width * height;
      const count = start_frame + steps + (frames - end);
      if (count * size > 2 ** 31) throw refusal(node, 'frames', 'so few that they fit into memory', count);
      const data = new Float32Array(count * size);
      for (let i = 0; i < steps; i++) {
        const own = data.subarray((start_frame + i) * size, (start_frame + i + 1) * size);
        draw(own, transition_type, width, height, timings[timing_function](i / (steps - 1)));
      }
      data.fill(1, (start_frame + steps) * size);
      return [device.mask(data, [count, height, width])];
    },
  }),
};
