// The engine's resources: what it holds, uses and survives.
import type { Step } from '../../../src/engine.js';
import type { ImageBatch, MaskBatch } from '../../../src/index.js';
import { bytes, engineOf, random, result, stepOf, surface, upload } from './tools.js';
import { open } from './whole.js';

/** A levels slider on a resident picture: what each frame costs. */
export async function slider({
  frames,
}: {
  frames: number;
}): Promise<{ draws: number; uploaded: number; objects: number; read: number }> {
  const engine = await engineOf();
  try {
    const picture = bytes(1, 64, 80, 4, random(1));
    const source = upload(engine, picture);
    const extent = { ...picture.extent, channels: 1 };
    const invert = await stepOf('invert', extent);
    const labL = await stepOf('labL', picture.extent);
    const frame = (i: number): void => {
      const into = engine.alloc(extent);
      const table: Step = { ...invert, tables: [Uint8Array.from({ length: 256 }, (_, v) => v ^ i)] };
      engine.run(into, [{ source, steps: [labL, table], extent, first: 0, count: 1 }]);
      engine.free(into);
    };
    for (let i = 1; i <= 20; i++) frame(i);
    const before = engine.stats();
    for (let i = 21; i <= 20 + frames; i++) frame(i);
    const after = engine.stats();
    return {
      draws: after.draws - before.draws,
      uploaded: after.uploadedBytes - before.uploadedBytes,
      objects: after.objects - before.objects,
      read: after.readBytes - before.readBytes,
    };
  } finally {
    engine.close();
  }
}

/** GL objects by the wrapped create and delete calls of the prototype. */
export function counted(): { live: () => number; programs: () => number; restore: () => void } {
  const prototype = WebGL2RenderingContext.prototype;
  const methods = prototype as unknown as Record<string, (...given: unknown[]) => unknown>;
  const made = new Map<unknown, string>();
  const originals: Record<string, (...given: unknown[]) => unknown> = {};
  const kinds = ['Texture', 'Buffer', 'Framebuffer', 'Program', 'Shader', 'VertexArray', 'Sampler', 'Renderbuffer'];
  for (const kind of [...kinds.flatMap((kind) => [`create${kind}`, `delete${kind}`]), 'fenceSync', 'deleteSync']) {
    const original = methods[kind];
    originals[kind] = original;
    methods[kind] = function (this: unknown, ...given: unknown[]): unknown {
      const value = original.apply(this, given);
      if (kind.startsWith('delete')) made.delete(given[0]);
      else made.set(value, kind);
      return value;
    };
  }
  const programs = (): number => [...made.values()].filter((kind) => kind === 'createProgram').length;
  return { live: () => made.size, programs, restore: () => Object.assign(methods, originals) };
}

/** Load, chain, read, free, many times over; live objects before, after, and when all is closed. */
export async function leaks({
  times,
}: {
  times: number;
}): Promise<{ before: number; after: number; closed: number; own: number[] }> {
  const count = counted();
  try {
    const engine = await engineOf();
    const next = random(7);
    const once = async (i: number): Promise<void> => {
      const picture = bytes(1, 16 + (i % 5), 24, 4, next);
      const source = upload(engine, picture);
      const extent = { ...picture.extent, channels: 1 };
      const table: Step = {
        ...(await stepOf('invert', extent)),
        tables: [Uint8Array.from({ length: 256 }, (_, v) => v ^ (i & 255))],
      };
      await result(engine, extent, source, [await stepOf('labL', picture.extent), table]);
      if (i % 50 === 0) {
        const mask = engine.alloc(extent);
        engine.run(mask, [{ source, steps: [await stepOf('red', picture.extent)], extent, first: 0, count: 1 }]);
        await engine.histogram(mask);
        engine.free(mask);
      }
      engine.free(source);
    };
    for (let i = 0; i < 60; i++) await once(i);
    const [before, first] = [count.live(), engine.stats().objects];
    for (let i = 0; i < times; i++) await once(i);
    const [after, last] = [count.live(), engine.stats().objects];
    engine.close();
    return { before, after, closed: count.live(), own: [first, last, engine.stats().heldBytes] };
  } finally {
    count.restore();
  }
}

/** Open and close; a context of the page's own must stay alive. */
export async function cycles({ times }: { times: number }): Promise<{ alive: boolean; opened: number }> {
  const gl = surface(4, 4).getContext('webgl2') as WebGL2RenderingContext | null;
  let opened = 0;
  for (let i = 0; i < times; i++) {
    const engine = await engineOf();
    opened++;
    engine.close();
  }
  return { alive: gl !== null && !gl.isContextLost(), opened };
}

type Given = { image: ImageBatch; a: MaskBatch; b: MaskBatch };

const jobs: Record<string, (given: Given) => MaskBatch> = {
  'a channel': ({ image }) => image.channel('red'),
  'a channel with a lattice': ({ image }) => image.channel('L(LAB)'),
  'twenty tables': ({ a }) => {
    for (let i = 0; i < 10; i++) a = a.invert().levels({ black: i, white: 255 - i });
    return a;
  },
  'two masks': ({ a, b }) => a.multiply(b),
  'six masks': ({ a, b }) => a.multiply(b).max(b).add(b).min(b).subtract(b),
  'the chain of LayerMask': ({ image, b }) =>
    image.channel('L(LAB)').normalize().levels({ black: 20, white: 230, gray: 1.3 }).invert().multiply(b),
  'grown by 1': ({ a }) => a.grow({ expand: 1 }),
  'grown by 8': ({ a }) => a.grow({ expand: 8 }),
  'grown by 64': ({ a }) => a.grow({ expand: 64 }),
  feathered: ({ a }) => a.as('float32').fadeEdges({ left: 9, top: 9 }),
  'cut out and laid over': ({ a, b }) => a.paste(b.crop({ x: 3, y: 3, width: 20, height: 20 }), { x: 7, y: 7 }),
};

/** What each job costs when it is done for the second time: counts, which are the same on every GPU. */
export async function costs(): Promise<
  Record<string, { draws: number; uploaded: number; read: number; objects: number }>
> {
  const device = await open('webgl2');
  const next = random(2);
  const noise = (n: number): Uint8Array => Uint8Array.from({ length: n }, () => next() * 256);
  const given: Given = {
    image: device.image(noise(64 * 80 * 4), [1, 64, 80, 4]),
    a: device.mask(noise(64 * 80), [1, 64, 80]),
    b: device.mask(noise(64 * 80), [1, 64, 80]),
  };
  const into = new Uint8Array(64 * 80);
  const found: Record<string, { draws: number; uploaded: number; read: number; objects: number }> = {};
  for (const [name, job] of Object.entries(jobs)) {
    for (let i = 0; i < 2; i++) {
      const before = device.stats();
      await job(given).bytes({ into });
      const after = device.stats();
      found[name] = {
        draws: after.draws - before.draws,
        uploaded: after.uploadedBytes - before.uploadedBytes,
        read: after.readBytes - before.readBytes,
        objects: after.objects - before.objects,
      };
    }
  }
  device.close();
  return found;
}
