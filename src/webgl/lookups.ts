// Small textures that shaders look numbers up in: tables of 256 entries, the floats of bytes, and lattices.
import { unit } from '../engine.js';
import type { Context } from './context.js';

interface Rows {
  readonly texture: WebGLTexture;
  entries: Uint8Array;
}

/** How many tables are kept. More than one pass reads, so that a pass does not drop its own. */
const KEPT = 16;
/** Tables side by side in a texture. */
const ACROSS = 16;

export class Lookups {
  uploadedBytes = 0;
  readonly #tables: Rows[] = [];
  readonly #lattices = new Map<string, WebGLTexture>();
  readonly #data: { texture: WebGLTexture; entries: Int32Array }[] = [];
  #units: WebGLTexture | undefined;

  constructor(readonly context: Context) {}

  /** One table, or one for each picture, as a texture. Entry v of table i is at v + 256 * (i % 16), i / 16. */
  table(tables: readonly Uint8Array[]): WebGLTexture {
    const entries = tables.length === 1 ? tables[0] : gridOf(tables);
    const rows = Math.ceil(tables.length / ACROSS);
    const across = Math.min(tables.length, ACROSS) * 256;
    const same = this.#tables.findIndex((one) => equal(one.entries, entries));
    const fits = this.#tables.findIndex((one) => one.entries.length === entries.length);
    const at = same >= 0 ? same : this.#tables.length < KEPT ? -1 : fits;
    const [found] = at >= 0 ? this.#tables.splice(at, 1) : [];
    const { gl } = this.context;
    const kept = found ?? { texture: this.#flat(gl.R8UI, across, rows), entries };
    this.#tables.push(kept);
    if (same < 0) {
      this.context.bindTexture(gl.TEXTURE_2D, kept.texture);
      gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, across, rows, gl.RED_INTEGER, gl.UNSIGNED_BYTE, entries);
      this.uploadedBytes += entries.length;
      kept.entries = entries.slice();
    }
    while (this.#tables.length > KEPT) this.#drop(this.#tables.shift());
    return kept.texture;
  }

  /** Words made by a row, 1,024 in a row of the texture. */
  words(entries: Int32Array): WebGLTexture {
    const same = this.#data.findIndex((one) => equal(one.entries, entries));
    const [found] = same >= 0 ? this.#data.splice(same, 1) : [];
    const rows = Math.max(1, Math.ceil(entries.length / 1024));
    const whole = new Int32Array(rows * 1024);
    if (!found) whole.set(entries);
    const kept = found ?? { texture: this.#words(1024, rows, whole), entries: entries.slice() };
    this.#data.push(kept);
    while (this.#data.length > KEPT) this.#drop(this.#data.shift());
    return kept.texture;
  }

  /** float32(v / 255) for every byte. */
  units(): WebGLTexture {
    this.#units ??= this.#words(256, 1, new Uint32Array(Float32Array.from({ length: 256 }, (_, v) => unit(v)).buffer));
    return this.#units;
  }

  /** The 33 x 33 x 33 words that a pick interpolates in: blue and green across, red down. */
  lattice(name: string, nodes: () => Uint16Array): WebGLTexture {
    const known = this.#lattices.get(name) ?? this.#words(33 * 33, 33, nodes());
    this.#lattices.set(name, known);
    return known;
  }

  close(): void {
    for (const one of this.#tables.splice(0)) this.#drop(one);
    for (const one of this.#data.splice(0)) this.#drop(one);
    for (const texture of this.#lattices.values()) this.context.deleteTexture(texture);
    this.#lattices.clear();
    if (this.#units) this.context.deleteTexture(this.#units);
    this.#units = undefined;
  }

  #drop(one: { texture: WebGLTexture } | undefined): void {
    if (one) this.context.deleteTexture(one.texture);
  }

  #words(width: number, height: number, words: Uint16Array | Uint32Array | Int32Array): WebGLTexture {
    const { gl } = this.context;
    const [internal, type] =
      words instanceof Uint16Array
        ? [gl.R16UI, gl.UNSIGNED_SHORT]
        : words instanceof Uint32Array
          ? [gl.R32UI, gl.UNSIGNED_INT]
          : [gl.R32I, gl.INT];
    const texture = this.#flat(internal, width, height);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, gl.RED_INTEGER, type, words);
    this.uploadedBytes += words.byteLength;
    return texture;
  }

  #flat(internal: GLenum, width: number, height: number): WebGLTexture {
    const { gl } = this.context;
    const texture = this.context.made(gl.createTexture());
    this.context.bindTexture(gl.TEXTURE_2D, texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, internal, width, height);
    return texture;
  }
}

function gridOf(tables: readonly Uint8Array[]): Uint8Array {
  const rows = Math.ceil(tables.length / ACROSS);
  const entries = new Uint8Array(rows * Math.min(tables.length, ACROSS) * 256);
  tables.forEach((table, i) => entries.set(table, i * 256));
  return entries;
}

const equal = (a: Uint8Array | Int32Array, b: Uint8Array | Int32Array): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i]);
