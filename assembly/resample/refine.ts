// Guided filter with a colour guide (He, Sun and Tang 2013). In every window the mask is fitted by a linear function of red,
// green and blue; a pixel's result is the mean of what the functions of all windows around it make of its colour. Takes bytes,
// so the sums of a window are whole numbers of 32 bits, and gives floats. Edges reflect, (c b a | a b c). As in OpenCV, a
// window of one colour (determinant below 1e-6) is not solved when epsilon is below 0.01, and gives its mean.
import { Frame, numbers } from "../lib/frame";
import { Strip, carriedRoom, stripRoom, wide } from "./lib/guided";

@unmanaged
class Guide { radius: i32; epsilon: f32; }

export function refine(dst: usize, block: usize, scratch: usize): u32 {
  const f = changetype<Frame>(block), g = changetype<Guide>(numbers(block)), r = g.radius;
  const width = <i32>f.width, height = <i32>f.height, n = <usize>(width * height), rows = height + r;
  const strip = <i32>f.from / rows, first = <i32>f.from % rows, s = changetype<Strip>(scratch);
  if (f.opens()) {
    s.epsilon = <f64>g.epsilon;
    s.least = g.epsilon < 0.01 ? 1e-6 : 0;
    s.open(scratch + 192, width, height, r);
  }
  if (!first) s.begin(strip);
  s.mask = f.a + f.picture * n;
  s.bytes = f.bSize;
  s.carried = f.between;
  s.image = f.b + (f.bBatch > 1 ? f.picture : 0) * n * f.bSize;
  const to = min(min(first + max(65536 / (s.to - s.from), 1), rows), <i32>f.end(i32.MAX_VALUE) - strip * rows);
  for (let i = first; i < to; i++) {
    if (i < height) {
      s.gather(i);
      s.solve(i);
    }
    if (i >= r) s.answer(dst + <usize>((i - r) * width) * 4, i - r);
  }
  return to < rows || s.to < width ? strip * rows + to : 0;
}

/** Row by row down a strip, then the next strip. A row of a strip needs the same row of the strip to its left. */
export function refineUnits(block: usize, phase: u32): u32 {
  const f = changetype<Frame>(block), w = wide(f.width, changetype<Guide>(numbers(block)).radius);
  return phase ? 0 : (f.width + w - 1) / w * refineGrain(block);
}
export function refineGrain(block: usize): u32 { return changetype<Frame>(block).height + changetype<Guide>(numbers(block)).radius; }
export function refineInTurn(block: usize): u32 { return 1; }
export function refineBetween(block: usize): u32 { return <u32>min<f64>(carriedRoom(changetype<Frame>(block).height), 4294967295); }

export function refineRoom(block: usize): u32 {
  const f = changetype<Frame>(block);
  return <u32>min<f64>(192 + stripRoom(f.width, f.height, changetype<Guide>(numbers(block)).radius), 4294967295);
}
