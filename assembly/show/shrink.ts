// Scales a picture down exactly: each pixel is the mean of the box that it covers, pixels on its edge weighted by their share,
// rounded half up. With alpha the mean is of colours times alpha, over the mean alpha. All numbers are whole and below 2 ** 53,
// so every engine gives the same bytes.
import { across } from "./lib/across";
import { Boxes } from "./lib/boxes";
import { down } from "./lib/down";

/** Bytes of scratch. */
export function shrinkRoom(width: u32, toWidth: u32, channels: u32): u32 {
  return Boxes.bytes(toWidth) + (width * channels << 3) + 128;
}

/** Makes rows `from` up to `to` of the smaller picture. `src` is where row 0 would be; only the rows that these need are read. */
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
