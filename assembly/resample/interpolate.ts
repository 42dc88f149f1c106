// torch's interpolate on floats. The table has the mode, then for every column what it is made of, then for every row: places
// and float32 weights. Bilinear multiplies the weights in float32; products with values and their sum are in double.
import { Frame, slice } from "../lib/frame";

const BILINEAR: u32 = 1;
const AREA: u32 = 2;

/** Two places and their weights; of an area the first place and the one behind the last. */
@unmanaged
class Tap { first: u32; second: u32; weight: f32; other: f32; }

export function interpolate(dst: usize, block: usize): u32 {
  const f = changetype<Frame>(block), mode = load<u32>(<usize>f.data), columns = <usize>f.data + 16, rows = columns + f.width * 16;
  const size: usize = f.size, stride = f.aWidth * size, src = f.first(f.picture), row = f.width * size;
  let work = f.width * (f.size >> 2);
  if (mode == AREA) work *= (f.aWidth / f.width + 1) * (f.aHeight / f.height + 1);
  const to = min(f.from + slice(work), f.height);
  for (let y = f.from; y < to; y++) {
    const down = changetype<Tap>(rows + y * 16);
    for (let x: u32 = 0, at = dst + y * row; x < f.width; x++) {
      const across = changetype<Tap>(columns + x * 16);
      for (let c: usize = 0; c < size; c += 4, at += 4) {
        const own = src + c;
        store<f32>(at, mode == BILINEAR ? blend(own, stride, size, across, down)
          : mode == AREA ? mean(own, stride, size, across, down) : load<f32>(own + down.first * stride + across.first * size));
      }
    }
  }
  return to < f.height ? to : 0;
}

@inline
function blend(src: usize, stride: usize, size: usize, across: Tap, down: Tap): f32 {
  const up = src + down.first * stride, low = src + down.second * stride, l = across.first * size, r = across.second * size;
  const upper = part(down.weight * across.weight, up + l) + part(down.weight * across.other, up + r);
  return <f32>(upper + part(down.other * across.weight, low + l) + part(down.other * across.other, low + r));
}
@inline function part(weight: f32, at: usize): f64 { return <f64>weight * <f64>load<f32>(at); }

function mean(src: usize, stride: usize, size: usize, across: Tap, down: Tap): f32 {
  let sum: f32 = 0;
  for (let y = down.first; y < down.second; y++)
    for (let x = across.first; x < across.second; x++) sum += load<f32>(src + y * stride + x * size);
  return sum / <f32>(down.second - down.first) / <f32>(across.second - across.first);
}
