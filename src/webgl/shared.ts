// Contexts: all devices of a realm share chromask's own context, or use a host's. The last device to close empties
// the own context, and the next device takes it again. Browsers keep 16 contexts and then take away the oldest,
// perhaps the page's own; WebKit also counts contexts that were lost on purpose.
import { parts, shaders } from 'virtual:shaders';
import { type Canvas, Context } from './context.js';
import { Library } from './link.js';
import { Lookups } from './lookups.js';
import { Programs } from './programs.js';

export interface Gpu {
  readonly context: Context;
  readonly programs: Programs;
  readonly lookups: Lookups;
}

// the one context of this realm
const own: { gpu?: Gpu; idle?: WebGL2RenderingContext } = {};
const hosts = new WeakMap<WebGL2RenderingContext, Gpu>();

/** A context to work with, or the reason why there is none. */
export function acquire(host?: WebGL2RenderingContext): Gpu | string {
  const known = host ? hosts.get(host) : own.gpu;
  if (known && !known.context.lost && !known.context.gl.isContextLost()) {
    known.context.users++;
    return known;
  }
  const gl = host ?? usable(known?.context.gl) ?? usable(own.idle) ?? freshContext();
  if (typeof gl === 'string') return gl;
  if (gl.isContextLost()) return 'the WebGL2 context is lost';
  const context = new Context(gl, host !== undefined);
  const gpu = { context, programs: new Programs(context, new Library(shaders, parts)), lookups: new Lookups(context) };
  if (host) hosts.set(host, gpu);
  else Object.assign(own, { gpu, idle: undefined });
  context.users++;
  return gpu;
}

export function release(gpu: Gpu): void {
  const { context } = gpu;
  if (--context.users > 0) return;
  gpu.programs.close();
  gpu.lookups.close();
  if (own.gpu === gpu) own.gpu = undefined;
  // after a loss the same context may already have a new life
  if (hosts.get(context.gl) === gpu) hosts.delete(context.gl);
  const { gl, canvas, host, lost } = context;
  context.close();
  if (host || lost) return;
  gl.useProgram(null); // otherwise it keeps deleted objects alive
  canvas.width = 1;
  canvas.height = 1;
  own.idle = gl;
}

const usable = (gl: WebGL2RenderingContext | undefined): WebGL2RenderingContext | undefined =>
  gl?.isContextLost() ? undefined : gl;

function freshContext(): WebGL2RenderingContext | string {
  const options = { alpha: true, depth: false, stencil: false, antialias: false, premultipliedAlpha: true };
  const canvases: (() => Canvas)[] = [];
  if (typeof OffscreenCanvas !== 'undefined') canvases.push(() => new OffscreenCanvas(1, 1));
  if (typeof document !== 'undefined') canvases.push(() => document.createElement('canvas'));
  if (!canvases.length) return 'there is no canvas in this environment';
  for (const make of canvases) {
    try {
      const gl = make().getContext('webgl2', options) as WebGL2RenderingContext | null;
      if (gl) return gl;
    } catch {
      // WebKit throws for OffscreenCanvas where other browsers return null
    }
  }
  return 'there is no WebGL2 in this environment';
}
