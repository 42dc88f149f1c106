// A picture scaled down, exactly: each pixel is the mean of the box that it covers, pixels on an edge counted by the share that
// lies inside, rounded to the nearest (half up). With alpha the mean is of colours times alpha, over the mean alpha. All of it is
// whole numbers below 2 ** 53, so that every engine has the same bytes.
import { across } from "./lib/across";
import { Boxes } from "./lib/boxes";
import { down } from "./lib/down";

/** Bytes that it needs to work in. */
export function shrinkRoom(width: u32, toWidth: u32, channels: u32): u32 {
  return Boxes.bytes(toWidth) + (width * channels << 3) + 128;
}

/** Rows `from` up to `to` of the smaller picture; `src` is where row 0 would be, and is read only where those rows need it. */
export function shrink(dst: usize, src: usize, scratch: usize, width: u32, height: u32, toWidth: u32, toHeight: u32, channels: u32, from: u32, to: u32): void {
  const boxes = changetype<Boxes>(scratch), sums = scratch + Boxes.bytes(toWidth);
  boxes.plan(width, toWidth);
  for (let y = from; y < to; y++) {
    const start = <u64>y * height, row = src + <usize>(start / toHeight) * (width * channels), part = <u32>(start % toHeight);
    const head = part ? toHeight - part : 0, whole = (height - head) / toHeight, tail = height - head - whole * toHeight;
    down(sums, row, width, channels, height, head, whole, toHeight, tail);
    across(dst, sums, boxes, width, height, toWidth, channels);
    dst += toWidth * channels;
  }
}
