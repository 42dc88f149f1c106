// Compiled shaders, by a signature of what they do.
import { createProgram, createUniformSetters, type ProgramOptions, setUniforms } from 'twgl.js';
import { ChromaskError } from '../base/errors.js';
import type { Context } from './context.js';
import type { Library } from './link.js';

type Setters = Record<string, (value: unknown) => void>;
/** Textures always come with a sampler: twgl recognises a bare texture by its class, which differs in an iframe. */
export type Uniform = number | readonly number[] | Int32Array | { texture: WebGLTexture; sampler: null };
export type Uniforms = Record<string, Uniform>;

export interface Program {
  readonly program: WebGLProgram;
  readonly setters: Setters;
}

/** How many recently used programs are kept: an application has few chains, a test many. */
const KEPT = 128;

export const sampled = (texture: WebGLTexture): { texture: WebGLTexture; sampler: null } => ({
  texture,
  sampler: null,
});

export class Programs {
  readonly #known = new Map<string, Program>();

  constructor(
    readonly context: Context,
    readonly library: Library,
  ) {}

  /** The program with this signature. `text` writes the fragment shader of a new one. */
  find(signature: string, text: () => string): Program {
    const known = this.#known.get(signature) ?? this.#compile(text());
    this.#known.delete(signature);
    this.#known.set(signature, known);
    if (this.#known.size > KEPT) {
      const [oldest] = this.#known;
      this.#known.delete(oldest[0]);
      this.#delete(oldest[1]);
    }
    return known;
  }

  draw(program: Program, uniforms: Uniforms): void {
    const { gl } = this.context;
    setUniforms(program.setters, uniforms);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  close(): void {
    for (const program of this.#known.values()) this.#delete(program);
    this.#known.clear();
  }

  #compile(fragment: string): Program {
    const { gl } = this.context;
    const errors: string[] = [];
    const options: ProgramOptions = { errorCallback: (message: string) => errors.push(message) };
    const vertex = this.library.link(this.library.root('lib/triangle'));
    const program = this.#asked(() => createProgram(gl, [vertex, fragment], options));
    if (!program) {
      this.context.check();
      throw new ChromaskError('shader', `webgl2: a shader does not compile here: ${errors.join(' ').slice(0, 2000)}`);
    }
    this.context.made(program);
    for (const shader of gl.getAttachedShaders(program) ?? []) {
      gl.detachShader(program, shader);
      gl.deleteShader(shader);
    }
    return { program, setters: this.#asked(() => createUniformSetters(gl, program)) };
  }

  #asked<T>(ask: () => T): T {
    try {
      return ask();
    } catch (error) {
      // on a lost context twgl receives null for shaders and uniforms
      this.context.check();
      // twgl does not check that it received a shader
      throw new ChromaskError('shader', `webgl2: the GPU gives no shader: ${error}`, { cause: error });
    }
  }

  #delete({ program }: Program): void {
    if (this.context.lost) return;
    this.context.gl.deleteProgram(program);
    this.context.gone();
  }
}
