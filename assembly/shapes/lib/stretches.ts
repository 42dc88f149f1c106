// Finds the lowest of the parabolas that stand on a row's heights, by a stack of those that are lowest somewhere. A parabola that is
// never lowest is recognised without a division (after Maurer). For long sides, and builds without vectors; parabolas.ts is faster.

/** More than any column's length: the column holds no pixel of the other kind. */
export const FAR: i32 = 1 << 30;

/** Writes the distances of a row, one stretch of measured pixels after another. */
export function stretches(dst: usize, heights: usize, width: u32, y: u32, stack: usize): void {
  for (let x: u32 = 0; x < width;) {
    if (!load<i32>(heights + (x << 2))) {
      store<f32>(dst + (x << 2), 0);
      x++;
      continue;
    }
    let to = x + 1;
    while (to < width && load<i32>(heights + (to << 2))) to++;
    stretch(dst, heights, x, to, width, y, stack);
    x = to;
  }
}

// A parabola: its column and the square of its height, as f64, exact for sides up to 2 ** 17.
const ONE: usize = 16;
@inline function place(one: usize): f64 { return load<f64>(one); }
@inline function square(one: usize): f64 { return load<f64>(one, 8); }

/** Pixels `from` to `to` of a row. Outside them lies the other kind, or the picture's edge. */
function stretch(dst: usize, heights: usize, from: u32, to: u32, width: u32, y: u32, stack: usize): void {
  let top = stack - ONE;
  if (from) top = push(top, stack, <f64>from - 1, 0);
  for (let x = from; x < to; x++) {
    const height = load<i32>(heights + (x << 2));
    if (height < FAR) top = push(top, stack, <f64>x, <f64>height * <f64>height);
  }
  if (to < width) top = push(top, stack, <f64>to, 0);
  if (top < stack) {
    // no pixel of the other kind at all: scipy measures to the pixel above the first
    top = push(top, stack, 0, <f64>(y + 1) * <f64>(y + 1));
  }
  let one = stack;
  for (let x = from; x < to; x++) {
    let best = at(one, x);
    while (one < top) {
      const next = at(one + ONE, x);
      if (next > best) break;
      best = next;
      one += ONE;
    }
    store<f32>(dst + (x << 2), <f32>Math.sqrt(best));
  }
}

@inline function at(one: usize, x: u32): f64 { const d = <f64>x - place(one); return d * d + square(one); }

/** Pushes a parabola after removing those that it keeps from being lowest anywhere. Returns the new top. */
@inline function push(top: usize, stack: usize, x: f64, squared: f64): usize {
  for (; top > stack; top -= ONE) {
    // of three, the middle one is never alone the lowest if it meets the third before it meets the first
    const a = top - ONE, u = place(a), v = place(top), p = square(a), q = square(top);
    if ((x - v) * (q - p + (v - u) * (v + u)) < (v - u) * (squared - q + (x - v) * (x + v))) break;
  }
  top += ONE;
  store<f64>(top, x);
  store<f64>(top, squared, 8);
  return top;
}
