// A contact sheet: the picture and every mask of it, scaled down, each with its name under it.
import { written } from './letters.js';

export interface Tile {
  label: string;
  width: number;
  height: number;
  /** Red, green, blue and alpha of each pixel. */
  rgba: Uint8Array;
}

/** Sides of a tile in pixels, at most. */
const TILE = 192;
const GAP = 16;
const LABEL = 24;
const PAPER = [250, 250, 249];
const INK = [32, 32, 35];
/** What a transparent pixel lies on: squares of this side, in two grays. */
const CHECK = 8;
const GRAYS = [236, 255];
/** Wider sheets do not fit a screen. */
const MOST = 7;

export function sheet(tiles: readonly Tile[]): { width: number; height: number; rgb: Uint8Array } {
  const boxes = tiles.map(fitted);
  const [across, down] = [Math.max(...boxes.map(({ w }) => w), 96), Math.max(...boxes.map(({ h }) => h))];
  const columns = columnsOf(tiles.length, across, down + LABEL);
  const width = GAP + columns * (across + GAP);
  const height = GAP + Math.ceil(tiles.length / columns) * (down + LABEL + GAP);
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < rgb.length; i++) rgb[i] = PAPER[i % 3];
  tiles.forEach((tile, i) => {
    const x = GAP + (i % columns) * (across + GAP);
    const y = GAP + Math.floor(i / columns) * (down + LABEL + GAP);
    const { w, h } = boxes[i];
    const left = x + ((across - w) >> 1);
    draw(rgb, width, tile, left, y + down - h, w, h);
    write(rgb, width, tile.label, x, y + down + 5, across);
  });
  return { width, height, rgb };
}

/** Columns that fill every row if possible, on a sheet that is wider than high. */
function columnsOf(count: number, across: number, down: number): number {
  const all = Array.from({ length: Math.min(count, MOST) }, (_, i) => i + 1);
  const cost = (columns: number): number => {
    const rows = Math.ceil(count / columns);
    const holes = rows * columns - count;
    const shape = Math.abs(Math.log((columns * across) / (rows * down) / 1.8));
    return 3 * holes + 2 * shape;
  };
  return all.reduce((best, columns) => (cost(columns) <= cost(best) ? columns : best));
}

function fitted({ width, height }: Tile): { w: number; h: number } {
  const scale = Math.min(1, TILE / Math.max(width, height));
  return { w: Math.max(1, Math.round(width * scale)), h: Math.max(1, Math.round(height * scale)) };
}

/** Each pixel is the mean of the pixels it stands for; smaller pictures stay as they are. */
function draw(rgb: Uint8Array, stride: number, tile: Tile, x0: number, y0: number, w: number, h: number): void {
  const { rgba } = tile;
  for (let y = 0; y < h; y++) {
    const [fromY, toY] = span(y, h, tile.height);
    for (let x = 0; x < w; x++) {
      const [fromX, toX] = span(x, w, tile.width);
      const sums = [0, 0, 0];
      let opaque = 0;
      for (let v = fromY; v < toY; v++) {
        for (let at = (v * tile.width + fromX) * 4, end = (v * tile.width + toX) * 4; at < end; at += 4) {
          for (let c = 0; c < 3; c++) sums[c] += rgba[at + c] * rgba[at + 3];
          opaque += rgba[at + 3];
        }
      }
      const all = (toY - fromY) * (toX - fromX) * 255;
      const under = GRAYS[(Math.floor(x / CHECK) + Math.floor(y / CHECK)) & 1];
      const at = ((y0 + y) * stride + x0 + x) * 3;
      for (let c = 0; c < 3; c++) rgb[at + c] = Math.round((sums[c] + under * (all - opaque)) / all);
    }
  }
}

function span(at: number, of: number, size: number): [number, number] {
  const from = Math.floor((at * size) / of);
  return [from, Math.max(from + 1, Math.floor(((at + 1) * size) / of))];
}

/** Centred under its tile; a text that is too long is cut at the tile's edge. */
function write(rgb: Uint8Array, stride: number, label: string, x0: number, y0: number, across: number): void {
  const { width, height, grays } = written(label);
  const left = x0 + Math.max(0, (across - width) >> 1);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < Math.min(width, across); x++) {
      const gray = grays[y * width + x];
      const at = ((y0 + y) * stride + left + x) * 3;
      for (let c = 0; c < 3; c++) rgb[at + c] = Math.round((INK[c] * gray + PAPER[c] * (15 - gray)) / 15);
    }
  }
}
