// Where the pixels of a batch lie in an array texture. Every picture is cut into equal tiles no larger than a
// texture. Every tile has a layer of its own or, if layers are scarce, shares it with other tiles above and below.

import { ChromaskError } from '../base/errors.js';
import type { Extent } from '../engine.js';

export interface Format {
  /** Numbers in a texel. */
  readonly texel: 1 | 4;
  readonly dtype: Extent['dtype'];
}

export interface Layout extends Format {
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly columns: number;
  readonly rows: number;
  /** Tiles above each other in one layer. */
  readonly stack: number;
  readonly layers: number;
  readonly bytes: number;
}

export interface Tile {
  /** Where the tile begins in its picture. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The row where it begins in its layer. */
  readonly top: number;
  readonly layer: number;
}

export interface Room {
  /** The longest side of a texture. */
  readonly side: number;
  readonly layers: number;
  /** The longest side of a tile, if it is to be shorter. */
  readonly tile?: number;
}

/** Three channels are stored as four, because no GPU can draw into three. */
export const texelOf = (channels: number): 1 | 4 => (channels === 1 ? 1 : 4);
const bytesOfTexel = (format: Format): number => format.texel * (format.dtype === 'uint8' ? 1 : 4);

export function layoutOf(extent: Extent, room: Room): Layout {
  const { batch, height, width, channels, dtype } = extent;
  const side = Math.min(room.tile ?? room.side, room.side);
  const columns = Math.ceil(width / side);
  const rows = Math.ceil(height / side);
  const tileWidth = Math.ceil(width / columns);
  const tileHeight = Math.ceil(height / rows);
  const tiles = batch * columns * rows;
  const stack = Math.ceil(tiles / room.layers);
  if (stack * tileHeight > room.side) {
    throw new ChromaskError('limit', `webgl2: ${batch} pictures of ${width} x ${height} do not fit one texture`);
  }
  const layers = Math.ceil(tiles / stack);
  const texel = texelOf(channels);
  const bytes = tileWidth * tileHeight * stack * layers * bytesOfTexel({ texel, dtype });
  return { texel, dtype, tileWidth, tileHeight, columns, rows, stack, layers, bytes };
}

export function* tilesOf(extent: Extent, layout: Layout, picture: number): Generator<Tile> {
  const { tileWidth, tileHeight, columns, rows, stack } = layout;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const n = (picture * rows + row) * columns + column;
      const x = column * tileWidth;
      const y = row * tileHeight;
      // the tiles of a balanced grid may exceed the far edge by a few pixels
      const width = Math.min(tileWidth, extent.width - x);
      const height = Math.min(tileHeight, extent.height - y);
      yield { x, y, width, height, top: (n % stack) * tileHeight, layer: Math.floor(n / stack) };
    }
  }
}

/** Whether pixels have the same coordinates in the texture as in the picture. */
export const isPlain = (layout: Layout): boolean => layout.columns * layout.rows * layout.stack === 1;
