// A contact sheet: every mask, scaled down, with its name under it, as one gray picture.
import { GLYPH, glyph } from './font.js';

export interface Tile {
  label: string;
  width: number;
  height: number;
  gray: Uint8Array;
}

const TILE = 192;
const GAP = 12;
const LABEL = 24;
const INK = 235;
const PAPER = 40;

export function sheet(tiles: readonly Tile[]): { width: number; height: number; gray: Uint8Array } {
  const columns = Math.ceil(Math.sqrt(tiles.length));
  const rows = Math.ceil(tiles.length / columns);
  const width = GAP + columns * (TILE + GAP);
  const height = GAP + rows * (TILE + LABEL + GAP);
  const gray = new Uint8Array(width * height).fill(PAPER);
  tiles.forEach((tile, i) => {
    const x = GAP + (i % columns) * (TILE + GAP);
    const y = GAP + Math.floor(i / columns) * (TILE + LABEL + GAP);
    picture(gray, width, tile, x, y);
    text(gray, width, tile.label, x, y + TILE + 6);
  });
  return { width, height, gray };
}

/** Each pixel of the tile is the mean of the pixels it stands for; smaller pictures stay as they are. */
function picture(gray: Uint8Array, stride: number, tile: Tile, x0: number, y0: number): void {
  const scale = Math.min(1, TILE / Math.max(tile.width, tile.height));
  const [w, h] = [Math.max(1, Math.round(tile.width * scale)), Math.max(1, Math.round(tile.height * scale))];
  const [left, top] = [x0 + ((TILE - w) >> 1), y0 + ((TILE - h) >> 1)];
  for (let y = 0; y < h; y++) {
    const [fromY, toY] = span(y, h, tile.height);
    for (let x = 0; x < w; x++) {
      const [fromX, toX] = span(x, w, tile.width);
      let sum = 0;
      for (let v = fromY; v < toY; v++) for (let u = fromX; u < toX; u++) sum += tile.gray[v * tile.width + u];
      gray[(top + y) * stride + left + x] = Math.round(sum / ((toY - fromY) * (toX - fromX)));
    }
  }
}

function span(at: number, of: number, size: number): [number, number] {
  const from = Math.floor((at * size) / of);
  return [from, Math.max(from + 1, Math.floor(((at + 1) * size) / of))];
}

function text(gray: Uint8Array, stride: number, label: string, x0: number, y0: number): void {
  Array.from(label).forEach((letter, i) => {
    const rows = glyph(letter);
    for (let y = 0; y < GLYPH.height * 2; y++) {
      for (let x = 0; x < GLYPH.width * 2; x++) {
        if (!(rows[y >> 1] & (1 << (GLYPH.width - 1 - (x >> 1))))) continue;
        const column = x0 + i * (GLYPH.width + 1) * 2 + x;
        if (column < x0 + TILE) gray[(y0 + y) * stride + column] = INK;
      }
    }
  });
}
