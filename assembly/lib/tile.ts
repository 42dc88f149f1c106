// Copies rows of a picture into a tile and back. A tile interleaves the bytes of `BYTES` rows, so that code running along a row
// handles that many rows at once. Columns are such a tile without a copy.
import { BYTES, TURN, byte, turn } from "./lanes";

/** Up to `BYTES` rows of n bytes become n vectors. Lanes without a row keep their contents. */
export function enterRows(tile: usize, src: usize, stride: usize, rows: u32, n: u32): void {
  let x: u32 = 0;
  if (rows == BYTES) for (; x + BYTES <= n; x += BYTES) for (let r: u32 = 0; r < BYTES; r += TURN) turn(src + r * stride + x, stride, tile + x * BYTES + r, BYTES);
  for (; x < n; x++) for (let r: u32 = 0; r < rows; r++) store<u8>(tile + x * BYTES + r, load<u8>(src + r * stride + x));
}

export function leaveRows(dst: usize, stride: usize, rows: u32, n: u32, tile: usize): void {
  let x: u32 = 0;
  if (rows == BYTES) for (; x + TURN <= n; x += TURN) turn(tile + x * BYTES, BYTES, dst + x, stride);
  for (; x < n; x++) for (let r: u32 = 0; r < rows; r++) store<u8>(dst + r * stride + x, load<u8>(tile + x * BYTES + r));
}

/** Tiles of columns that are filled together, so that each row is visited once for all of them. */
export const BESIDE: u32 = 4;

/** Puts `n` bytes of each row, at most BESIDE * BYTES, into tiles `apart` bytes apart. Reads up to a vector beyond the last. */
export function enterColumns(tile: usize, apart: u32, src: usize, stride: usize, rows: u32, n: u32): void {
  for (let x: u32 = 0; x < n; x += BYTES) {
    if (n == BESIDE * BYTES) break;
    for (let y: u32 = 0, at = tile + x / BYTES * apart; y < rows; y++, at += BYTES) byte.store(at, byte.load(src + y * stride + x));
  }
  if (n == BESIDE * BYTES) for (let y: u32 = 0; y < rows; y++, tile += BYTES, src += stride) {
    byte.store(tile, byte.load(src));
    byte.store(tile + apart, byte.load(src + BYTES));
    byte.store(tile + 2 * apart, byte.load(src + 2 * BYTES));
    byte.store(tile + 3 * apart, byte.load(src + 3 * BYTES));
  }
}

export function leaveColumns(dst: usize, stride: usize, rows: u32, n: u32, tile: usize, apart: u32): void {
  if (n == BESIDE * BYTES) for (let y: u32 = 0; y < rows; y++, tile += BYTES, dst += stride) {
    byte.store(dst, byte.load(tile));
    byte.store(dst + BYTES, byte.load(tile + apart));
    byte.store(dst + 2 * BYTES, byte.load(tile + 2 * apart));
    byte.store(dst + 3 * BYTES, byte.load(tile + 3 * apart));
  }
  else for (let x: u32 = 0; x < n; x += BYTES) {
    const length = min(BYTES, n - x);
    for (let y: u32 = 0, at = tile + x / BYTES * apart; y < rows; y++, at += BYTES) memory.copy(dst + y * stride + x, at, length);
  }
}
