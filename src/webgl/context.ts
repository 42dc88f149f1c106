// One life of a WebGL2 context, from its creation or restoration to its loss. Engines of a realm share chromask's
// own context, and those of a host share the host's.
import { ChromaskError } from '../base/errors.js';
import { glFormat } from './formats.js';
import type { Layout, Room } from './layout.js';
import { remember, settle } from './state.js';

export type Canvas = OffscreenCanvas | HTMLCanvasElement;
export type LossEvent = 'lost' | 'restored';

export class Context {
  readonly canvas: Canvas;
  readonly room: Room;
  /** How many live GL objects chromask has made. */
  objects = 0;
  lost = false;
  users = 0;
  /** Whether this GPU can read a format as it is, by format. */
  readonly readable = new Map<string, boolean>();
  readonly #listeners = new Set<(event: LossEvent) => void>();
  readonly #frame: WebGLFramebuffer;
  readonly #array: WebGLVertexArrayObject;
  #depth = 0;
  #outputs = 0;
  readonly #onLost = (event: Event): void => {
    // without this the browser never restores the context; a host decides this for its own
    if (!this.host) event.preventDefault();
    this.lose();
  };
  readonly #onRestored = (): void => {
    this.#silence();
    for (const listener of [...this.#listeners]) listener('restored');
  };

  constructor(
    readonly gl: WebGL2RenderingContext,
    /** Whether the host draws with it too. */
    readonly host: boolean,
  ) {
    this.canvas = gl.canvas as Canvas;
    this.room = {
      side: gl.getParameter(gl.MAX_TEXTURE_SIZE) as number,
      layers: gl.getParameter(gl.MAX_ARRAY_TEXTURE_LAYERS) as number,
    };
    this.#frame = this.made(gl.createFramebuffer());
    this.#array = this.made(gl.createVertexArray());
    if (!host) settle(gl);
    this.canvas.addEventListener('webglcontextlost', this.#onLost);
    this.canvas.addEventListener('webglcontextrestored', this.#onRestored);
  }

  /** Works with the context: refuses a lost one before and after, and restores a host's state. */
  use<T>(work: (gl: WebGL2RenderingContext) => T): T {
    this.check();
    const outermost = this.#depth === 0;
    const restore = this.host && outermost ? remember(this.gl) : undefined;
    this.#depth++;
    try {
      if (restore) settle(this.gl);
      if (outermost) this.gl.bindVertexArray(this.#array);
      const result = work(this.gl);
      this.check();
      return result;
    } finally {
      this.#depth--;
      restore?.();
    }
  }

  /** Throws if the context is lost. Its results are then zeros or worse, so none is returned without this check. */
  check(): void {
    if (!this.lost && this.gl.isContextLost()) this.lose();
    if (this.lost) throw new ChromaskError('context-lost', 'webgl2: the GPU took its context away');
  }

  lose(): void {
    if (this.lost) return;
    this.lost = true;
    this.objects = 0;
    for (const listener of [...this.#listeners]) listener('lost');
  }

  listen(listener: (event: LossEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  made<T>(object: T | null): T {
    if (object === null) {
      this.check();
      throw new ChromaskError('out-of-memory', 'webgl2: the GPU gives no more objects');
    }
    this.objects++;
    return object;
  }

  gone(count = 1): void {
    if (!this.lost) this.objects -= count;
  }

  /** An array texture of integers. If the GPU is out of memory, this call fails or the context is lost. */
  array(layout: Layout): WebGLTexture {
    const { tileWidth, tileHeight, stack, layers, bytes } = layout;
    return this.use((gl) => {
      const texture = this.made(gl.createTexture());
      this.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
      this.calm();
      const { internal } = glFormat(gl, layout);
      gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, internal, tileWidth, tileHeight * stack, layers);
      const error = gl.getError();
      if (error === gl.NO_ERROR || error === gl.CONTEXT_LOST_WEBGL) return texture;
      this.deleteTexture(texture);
      throw new ChromaskError('out-of-memory', `webgl2: the GPU has no ${bytes} bytes for a texture (error ${error})`);
    });
  }

  /** Clears pending errors of the host, which would otherwise be taken for chromask's. */
  calm(): void {
    for (let i = 0; i < 8 && this.gl.getError() !== this.gl.NO_ERROR; i++);
  }

  /** Sets NEAREST, because integers cannot be filtered: otherwise a texture reads as zeros. */
  bindTexture(target: GLenum, texture: WebGLTexture): void {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(target, texture);
    gl.texParameteri(target, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(target, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.texParameteri(target, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(target, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }

  deleteTexture(texture: WebGLTexture): void {
    if (this.lost) return;
    this.gl.deleteTexture(texture);
    this.gone();
  }

  /** Directs drawing into these layers of an array texture, as outputs 0, 1, …. */
  drawInto(texture: WebGLTexture, layers: readonly number[]): void {
    const { gl } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#frame);
    layers.forEach((layer, i) => {
      gl.framebufferTextureLayer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + i, texture, 0, layer);
    });
    this.#attached(layers.length);
  }

  /** Directs drawing into a flat texture. */
  drawIntoFlat(texture: WebGLTexture): void {
    const { gl } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.#frame);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
    this.#attached(1);
  }

  /** Detaches the last target, because a deleted texture keeps its memory as long as it is attached. */
  detach(): void {
    if (this.lost) return;
    this.#attached(0);
    this.gl.bindFramebuffer(this.gl.FRAMEBUFFER, null);
  }

  #attached(outputs: number): void {
    const { gl } = this;
    for (let i = outputs; i < this.#outputs; i++) {
      gl.framebufferTextureLayer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + i, null, 0, 0);
    }
    if (outputs && outputs !== this.#outputs) {
      gl.drawBuffers(Array.from({ length: outputs }, (_, i) => gl.COLOR_ATTACHMENT0 + i));
    }
    this.#outputs = outputs;
  }

  close(): void {
    this.canvas.removeEventListener('webglcontextlost', this.#onLost);
    this.#silence();
    if (this.lost) return;
    const { gl } = this;
    gl.deleteFramebuffer(this.#frame);
    gl.deleteVertexArray(this.#array);
    this.gone(2);
    this.lost = true;
  }

  #silence(): void {
    this.canvas.removeEventListener('webglcontextrestored', this.#onRestored);
  }
}
