// Guided filter with a colour guide (He, Sun and Tang 2013): in every window the mask is explained as a linear function of red,
// green and blue; a pixel is what the functions of all windows around it make of its colour, on average. Bytes in, so the sums
// of a window are whole numbers of 32 bits; floats out. Edges reflect, (c b a | a b c). As OpenCV does, a window of one colour,
// whose determinant is below 1e-6, is not solved when epsilon is below 0.01: it gives its mean.
import { Frame, numbers } from "../lib/frame";
import { Line, Sums, gather, solve } from "./lib/guided";

@unmanaged
class Guide { radius: i32; epsilon: f32; }

export function refine(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), g = changetype<Guide>(numbers(block)), r = g.radius;
  const width = <i32>f.width, height = <i32>f.height, n = <usize>(width * height);
  const l = changetype<Line>(scratch);
  if (!f.from) {
    l.width = width;
    l.height = height;
    l.r = r;
    l.epsilon = <f64>g.epsilon;
    l.least = g.epsilon < 0.01 ? 1e-6 : 0;
    l.open(scratch + 128);
  }
  l.mask = f.a + f.picture * n;
  l.bytes = f.bSize;
  l.image = f.b + (f.bBatch > 1 ? f.picture : 0) * n * f.bSize;
  const to = min(<i32>f.from + max(65536 / width, 1), height + r);
  for (let i = <i32>f.from; i < to; i++) {
    if (i < height) {
      gather(l, i);
      solve(l, i);
    }
    if (i >= r) l.answer(dst + <usize>((i - r) * width) * 4, i - r);
  }
  return to < height + r ? to : 0;
}

export function refineRoom(block: usize): u32 {
  const f = changetype<Frame>(block), r = changetype<Guide>(numbers(block)).radius, width: f64 = f.width;
  const ring: f64 = min<f64>(2 * r + 2, f.height);
  return <u32>min<f64>(128 + (width + 2 * r + 2) * 4 + width * (offsetof<Sums>() + 32 + 16 * ring) + 3 * offsetof<Sums>() + 192, 4294967295);
}
