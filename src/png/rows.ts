// Turns the compressed data of one image into pixels, band by band: inflate, unfilter, expand, place. A band stays
// in the cache from the first step to the last, and apart from the pixels no memory grows with the picture.

import type { ChromaskError } from '../base/errors.js';
import type { Round } from '../wasm/inflating.js';
import type { Plan } from './expand.js';
import { bitsPerPixel, corrupt, type Header, inflatedSize, type Pass, passes, rowBytes } from './header.js';
import { inflate } from './inflate.js';
import { blocksOf, kernel, type Room } from './room.js';

const BAND = 1 << 18;

/** Where pixels go: kernel memory at `pointer`, or `bytes`. */
export type Target = { pointer: number } | { bytes: Uint8Array };

export interface Job {
  header: Header;
  plan: Plan;
  /** The whole zlib stream in kernel memory. */
  at: number;
  length: number;
  target: Target;
  /** See `Stream`. */
  doubt: (error: ChromaskError) => void;
}

/** Yields what to inflate, round by round. `behind`: how many bands are inflated before one is turned into pixels. */
export function* readRows(room: Room, job: Job, behind?: number): Generator<Round, void, number[]> {
  const { header, plan, target } = job,
    { arena } = room;
  const pixel = (plan.channels * plan.bitDepth) / 8;
  const { alloc, free } = blocksOf(room);
  try {
    const longest = rowBytes(header, header.width),
      bpp = Math.ceil(bitsPerPixel(header) / 8);
    // no step makes more than 8 bytes from a pixel
    const steps = plan.steps.length,
      bandPixels = Math.max(header.width, Math.min(header.width * header.height, Math.floor(BAND / (steps ? 8 : bpp))));
    const capacity = Math.ceil(bandPixels / header.width) * longest;
    const rows = alloc(longest + capacity);
    const spare = steps ? [alloc(bandPixels * 8), alloc(bandPixels * 8)] : [];
    const direct = 'pointer' in target && !header.interlaced;
    const canvas =
      'pointer' in target ? target.pointer : header.interlaced ? alloc(header.width * header.height * pixel) : 0;
    const unfilter = kernel(room, 'unfilter'),
      scatter = kernel(room, 'scatter');
    const list = passes(header);
    let index = 0,
      y = 0,
      prior = rows;
    arena.u8(rows, longest).fill(0);

    const place = (pass: Pass, from: number, count: number): void => {
      if (header.interlaced) {
        for (let i = 0; i < count; i++) {
          const to = canvas + ((pass.y + (y + i) * pass.dy) * header.width + pass.x) * pixel;
          scatter(to, from + i * pass.width * pixel, pass.width, pixel, pass.dx * pixel);
        }
      } else if ('bytes' in target)
        target.bytes.set(arena.u8(from, count * pass.width * pixel), y * pass.width * pixel);
    };

    const band = (pass: Pass, from: number, count: number, stride: number): void => {
      const width = pass.width,
        place_ = canvas + y * width * pixel;
      const bare = direct && !steps,
        dst = bare ? place_ : rows + longest;
      const done = unfilter(dst, stride, from, prior, stride, count, bpp) >>> 0;
      if (done < count)
        throw corrupt(`filter of row ${y + done}`, 'from 0 to 4', room.arena.u8(from + done * (stride + 1), 1)[0] ?? 0);
      let at = dst;
      for (const [i, step] of plan.steps.entries()) {
        const to = direct && i === steps - 1 ? place_ : (spare[i & 1] ?? 0);
        step(to, at, width, count);
        at = to;
      }
      if (!direct) place(pass, at, count);
      const last = dst + (count - 1) * stride;
      if (bare) prior = last;
      else {
        // the row above the next band, at the start of the slot
        arena.u8(rows, stride).set(arena.u8(last, stride));
        prior = rows;
      }
    };

    const read = (from: number, available: number): number => {
      let taken = 0;
      for (let pass = list[index]; pass; pass = list[index]) {
        const stride = rowBytes(header, pass.width);
        const whole = Math.min(pass.height - y, Math.floor((available - taken) / (stride + 1)));
        if (whole < 1) break;
        // rows of a narrow pass waste up to 7 bits each, so bytes are counted as well
        const count = Math.min(whole, Math.max(1, Math.floor(Math.min(bandPixels / pass.width, capacity / stride))));
        band(pass, from + taken, count, stride);
        taken += count * (stride + 1);
        y += count;
        if (y === pass.height) {
          index++;
          y = 0;
          prior = rows;
          arena.u8(rows, longest).fill(0);
        }
      }
      return taken;
    };

    const stream = {
      part: 'image data',
      at: job.at,
      length: job.length,
      size: inflatedSize(header),
      exact: true,
      doubt: job.doubt,
      band: longest + 1 + BAND,
      left: longest,
      behind,
    };
    yield* inflate(room, stream, read);
    if ('bytes' in target && header.interlaced) target.bytes.set(arena.u8(canvas, target.bytes.length));
  } finally {
    free();
  }
}
