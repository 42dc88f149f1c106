// The chunks of an animated PNG: acTL, fcTL and fdAT (PNG specification, third edition, 11.3.6). Loaded if a file
// has any. A damaged animation still gives its still picture, unless `strict` is set.
import { ChromaskError } from '../base/errors.js';
import {
  ACTL,
  checkPlausible,
  doubt,
  FCTL,
  FDAT,
  type FrameControl,
  type Layout,
  type Part,
  type ScanLimits,
  type Span,
  warn,
} from './chunks.js';
import { corrupt, isCorrupt, u16, u32 } from './header.js';

export { composeFrames } from './frames.js';

/** The specification's four-byte integers have 31 bits. */
const MOST_OF_PNG = 2 ** 31 - 1;

interface Animation {
  count: number;
  plays: number;
  sequence: number;
  current: FrameControl | undefined;
  frames: FrameControl[];
  /** Whether the default image is the first frame. */
  defaultIsFrame: boolean;
}

/** Reads the frames of `layout.parts` into the layout. Their data stays in place. */
export function readAnimation(bytes: Uint8Array, layout: Layout, limits: ScanLimits): void {
  try {
    const animation = walk(bytes, layout, limits);
    if (!animation) return;
    const { frames, plays, defaultIsFrame } = animation;
    Object.assign(layout, { frames, plays, defaultIsFrame });
  } catch (error) {
    if (!isCorrupt(error)) throw error;
    doubt(layout, error);
  }
}

function walk(bytes: Uint8Array, layout: Layout, limits: ScanLimits): Animation | undefined {
  let animation: Animation | undefined;
  for (const part of layout.parts) {
    // without acTL the file is a still picture, and these are unknown ancillary chunks
    if (part.type !== ACTL && !animation) warn(layout, 'fcTL, fdAT: without acTL they mean nothing');
    else if (part.damage) throw part.damage;
    else if (part.type === ACTL && part.late && !animation) warn(layout, 'acTL: comes after IDAT');
    else if (part.type !== ACTL && animation) next(layout, animation, bytes, part);
    else if (animation) throw corrupt('acTL', 'there once', 'twice');
    else animation = begin(layout, bytes, part, limits);
  }
  if (animation) finish(layout, animation);
  return animation;
}

function begin(layout: Layout, bytes: Uint8Array, { at, length }: Span, limits: ScanLimits): Animation {
  if (length !== 8) throw corrupt('acTL', '8 bytes', length);
  const { width, height } = layout.header;
  const count = u32(bytes, at);
  if (count < 1 || count > MOST_OF_PNG) throw corrupt('frame count', `from 1 to ${MOST_OF_PNG}`, count);
  const pixels = width * height * count;
  let excess: string | undefined;
  if (count > limits.frames) excess = `${limits.frames}, got ${count}`;
  else if (pixels > limits.pixels)
    excess = `${limits.pixels} pixels together, got ${pixels} (${count} of ${width} x ${height})`;
  if (excess) throw new ChromaskError('limit', `png: frames must be at most ${excess}`);
  const plays = u32(bytes, at + 4);
  return { count, plays, sequence: 0, current: undefined, frames: [], defaultIsFrame: false };
}

function next(layout: Layout, state: Animation, bytes: Uint8Array, { at, length, type, late }: Part): void {
  if (type === FDAT && length < 4) throw corrupt('fdAT', 'at least 4 bytes', length);
  if (type === FCTL && length !== 26) throw corrupt('fcTL', '26 bytes', length);
  const sequence = u32(bytes, at);
  if (sequence !== state.sequence) throw corrupt('frame sequence number', String(state.sequence), sequence);
  state.sequence++;
  if (type === FDAT) {
    if (!state.current || !late) throw corrupt('fdAT', 'after its fcTL and after IDAT', 'elsewhere');
    if (length > 4 || !state.current.data.length) state.current.data.push({ at: at + 4, length: length - 4 });
    return;
  }
  if (state.frames.length === state.count) throw corrupt('frames', `${state.count} as acTL says`, 'more');
  const { width, height } = layout.header;
  const frame: FrameControl = {
    width: u32(bytes, at + 4),
    height: u32(bytes, at + 8),
    x: u32(bytes, at + 12),
    y: u32(bytes, at + 16),
    delay: (u16(bytes, at + 20) / (u16(bytes, at + 22) || 100)) * 1000,
    dispose: bytes[at + 24] ?? 0,
    blend: bytes[at + 25] ?? 0,
    data: [],
  };
  if (frame.width < 1 || frame.height < 1 || frame.x + frame.width > width || frame.y + frame.height > height) {
    throw corrupt(
      'frame',
      `inside the canvas of ${width} x ${height}`,
      `${frame.width} x ${frame.height} at ${frame.x}, ${frame.y}`,
    );
  }
  if (frame.dispose > 2) throw corrupt('frame disposal', '0, 1 or 2', frame.dispose);
  if (frame.blend > 1) throw corrupt('frame blending', '0 or 1', frame.blend);
  if (!late) {
    if (state.frames.length) throw corrupt('fcTL before IDAT', 'there once', 'twice');
    if (frame.width !== width || frame.height !== height)
      throw corrupt('first frame', `the canvas of ${width} x ${height}`, `${frame.width} x ${frame.height}`);
    state.defaultIsFrame = true;
  }
  state.frames.push(frame);
  state.current = frame;
}

function finish(layout: Layout, { frames, count, defaultIsFrame }: Animation): void {
  if (frames.length !== count) throw corrupt('frames', `${count} as acTL says`, frames.length);
  for (const [i, frame] of frames.entries()) {
    if (i === 0 && defaultIsFrame) frame.data = layout.data;
    if (!frame.data.length) throw corrupt(`frame ${i}`, 'followed by its data', 'none');
    checkPlausible({ ...layout.header, width: frame.width, height: frame.height }, frame.data);
  }
}
