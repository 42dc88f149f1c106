// Bad arguments throw a ChromaskError with a stable code that names operation, parameter, expectation and value,
// before anything happens. The cases for operations come from the table itself.
import { inspect } from 'node:util';
import { ChromaskError, ImageBatch, MaskBatch, open } from 'chromask';
import { runNode } from 'chromask/comfy';
import { describe, expect, it } from 'vitest';
import { type OpName, ops, type Row } from '../src/ops/index.js';

const device = await open({ device: 'wasm' });
const image = device.image(new Uint8Array(24).fill(9), [1, 2, 4, 3]);
const mask = device.mask(new Uint8Array(8), [2, 4]);

const detached = new Uint8Array(8);
structuredClone(detached.buffer, { transfer: [detached.buffer] });
const disposed = device.mask(new Uint8Array(8), [2, 4]);
disposed.dispose();

const junk: Record<string, unknown> = {
  undefined,
  null: null,
  NaN: Number.NaN,
  Infinity: Number.POSITIVE_INFINITY,
  '-1': -1,
  '0.5': 0.5,
  '2^32': 2 ** 32,
  'an empty string': '',
  'an object': {},
  'a symbol': Symbol('x'),
  'a function': () => 1,
};

async function refused(call: () => unknown): Promise<ChromaskError> {
  try {
    await call();
  } catch (error) {
    expect(error).toBeInstanceOf(ChromaskError);
    const { code, message } = error as ChromaskError;
    expect(code).toMatch(/^[a-z-]+$/);
    expect(message).toMatch(/^[\w: ()]+: .+ (must|was|is|takes) .+/);
    return error as ChromaskError;
  }
  throw new Error('the call was not refused');
}

describe('every parameter of every operation refuses what its row does not allow', () => {
  for (const [name, row] of Object.entries<Row>(ops)) {
    if (!row.on || row.kind === 'pick') continue;
    const drawn = { [name]: (options: unknown) => device.make(name as OpName, options as object) };
    const on = row.on === 'device' ? drawn : row.on === 'image' ? image : mask;
    const target = on as unknown as Record<string, (...args: unknown[]) => unknown>;
    const other = row.with === 'image' ? image.withAlpha(mask) : mask;
    const operands = row.with ? [other] : [];
    const needed = Object.keys(row.params).filter((key) => row.params[key].default === undefined);
    const least = Object.fromEntries(needed.map((key) => [key, 1]));
    for (const key of needed) {
      it(`${name} refuses to do without ${key}`, async () => {
        const error = await refused(() => target[name](...operands, { ...least, [key]: undefined }));
        expect(error.message).toMatch(`${name}: ${key} must be a whole number between 1 and `);
      });
    }
    for (const [parameter, param] of Object.entries(row.params)) {
      for (const [called, value] of Object.entries(junk)) {
        if (value === undefined || (called === '-1' && 'min' in param && param.min < 0)) continue;
        if (called === '0.5' && param.type === 'number') continue;
        if (called === 'an empty string' && param.type === 'text') continue;
        it(`${name} refuses ${called} as ${parameter}`, async () => {
          const error = await refused(() => target[name](...operands, { ...least, [parameter]: value }));
          expect(error.message).toContain(`${name}: ${parameter} must be`);
        });
      }
    }
    it(`${name} refuses a parameter it does not have`, async () => {
      const error = await refused(() => target[name](...operands, { blak: 3 }));
      expect(error.message).toContain('"blak"');
    });
    for (const [called, value] of Object.entries({ null: null, 'a number': 3, 'a string': 'x', 'an array': [1] })) {
      it(`${name} refuses ${called} as options`, () => refused(() => target[name](...operands, value)));
    }
    if (!row.with) continue;
    const wrong = row.with === 'image' ? { 'a mask': mask } : { 'an image': image, 'a disposed mask': disposed };
    for (const [called, value] of Object.entries({ ...junk, ...wrong })) {
      it(`${name} refuses ${called} as the other mask`, () => refused(() => target[name](value)));
    }
    const odd =
      row.with === 'image' ? device.image(new Uint8Array(27), [1, 3, 3, 3]) : device.mask(new Uint8Array(9), [3, 3]);
    if (!row.placed) {
      it(`${name} refuses a mask of another size, naming both`, async () => {
        const error = await refused(() => target[name](odd));
        expect(error.message).toContain('4 x 2');
        expect(error.message).toContain('3 x 3');
      });
    }
  }
});

describe('pictures and masks are refused before they are copied', () => {
  for (const [called, value] of Object.entries(junk)) {
    it(`image refuses ${called} as data`, () => refused(() => device.image(value as never, [1, 2, 4, 3])));
    it(`image refuses ${called} as shape`, () => refused(() => device.image(new Uint8Array(24), value as never)));
    it(`mask refuses ${called} as data`, () => refused(() => device.mask(value as never, [2, 4])));
    it(`mask refuses ${called} as shape`, () => refused(() => device.mask(new Uint8Array(8), value as never)));
    it(`channel refuses ${called}`, () => refused(() => image.channel(value as never)));
    if (value !== undefined)
      it(`open refuses ${called} as device`, () => refused(() => open({ device: value as never })));
  }
  for (const shape of [
    [],
    [4],
    [1, 2, 4, 2],
    [1, 2, 4, 5],
    [0, 2, 4, 3],
    [1, -2, 4, 3],
    [1, 2, 4.5, 3],
    [1, 2, 3, 3],
  ]) {
    it(`image refuses the shape [${shape}]`, () => refused(() => device.image(new Uint8Array(24), shape)));
  }
  for (const shape of [[], [8], [3, 3], [1, 2, 2, 2], [2, 4, 1, 1, 1]]) {
    it(`mask refuses the shape [${shape}]`, () => refused(() => device.mask(new Uint8Array(8), shape)));
  }
  it('errors, batches and devices are called what they are', () => {
    expect(ChromaskError.name).toBe('ChromaskError');
    const names = [device, image, mask].map((one) => Object.prototype.toString.call(one));
    expect(names).toEqual(['[object Device]', '[object ImageBatch]', '[object MaskBatch]']);
  });

  it('are shown in consoles of Node by what they are, not by what is in them', () => {
    expect(inspect(device)).toBe('chromask device wasm');
    expect(inspect({ mask: device.mask(new Uint8Array(8), [2, 4]).invert() })).toBe(
      '{ mask: mask [1, 2, 4] uint8, pending }',
    );
  });

  it('a detached array is named as such', async () => {
    expect((await refused(() => device.mask(detached, [2, 4]))).message).toContain('detached');
  });
});

describe('what is gone says so', () => {
  it('a disposed mask refuses every use and says it was disposed', async () => {
    for (const use of [
      () => disposed.invert(),
      () => disposed.data(),
      () => disposed.at(0),
      () => mask.max(disposed),
    ]) {
      expect((await refused(use)).code).toBe('disposed');
    }
    expect(disposed.location).toBe('disposed');
    disposed.dispose();
  });

  it('a mask whose picture was disposed before it was computed rejects, one computed before stays', async () => {
    const picture = device.image(new Uint8Array(24).fill(5), [1, 2, 4, 3]);
    const [early, late] = [picture.channel('red'), picture.channel('green')];
    await early.bytes();
    picture.dispose();
    expect([...(await early.bytes())]).toEqual(new Array(8).fill(5));
    const { code, message } = await refused(() => late.bytes());
    expect([code, message]).toEqual(['disposed', 'source: the image [1, 2, 4, 3] this is made from was disposed']);
  });

  it('a closed device refuses to make and to read', async () => {
    const closed = await open({ device: 'wasm' });
    const orphan = closed.mask(new Uint8Array(8), [2, 4]);
    closed.close();
    closed.close();
    expect((await refused(() => closed.image(new Uint8Array(3), [1, 1, 1, 3]))).code).toBe('closed');
    expect((await refused(() => orphan.data())).code).toBe('closed');
  });

  it('masks of two devices do not mix', async () => {
    const other = await open({ device: 'wasm' });
    await refused(() => mask.max(other.mask(new Uint8Array(8), [2, 4])));
    await refused(() => MaskBatch.cat([mask, other.mask(new Uint8Array(8), [2, 4])]));
    other.close();
  });
});

describe('reading', () => {
  it('refuses an array of the wrong kind or length', async () => {
    await refused(() => mask.data({ into: new Float32Array(7) }));
    await refused(() => mask.data({ into: new Uint8Array(8) as never }));
    await refused(() => mask.bytes({ into: new Float32Array(8) as never }));
    await refused(() => mask.data(3 as never));
  });

  it('rejects with the reason of a signal that was fired before', async () => {
    const reason = new Error('enough');
    await expect(mask.data({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('batches', () => {
  for (const [called, value] of Object.entries(junk)) {
    if (called === '-1') continue;
    it(`at refuses ${called}`, () => refused(() => mask.at(value as never)));
    it(`cat refuses ${called}`, () => refused(() => MaskBatch.cat(value as never)));
    it(`ImageBatch.cat refuses ${called}`, () => refused(() => ImageBatch.cat([image, value] as never)));
    if (value !== undefined) it(`slice refuses ${called} as start`, () => refused(() => mask.slice(value as never)));
    it(`as refuses ${called}`, () => refused(() => mask.as(value as never)));
  }
  it('an empty slice is refused', () => refused(() => mask.slice(1, 1)));
  it('masks of other sizes do not join', () =>
    refused(() => MaskBatch.cat([mask, device.mask(new Uint8Array(9), [3, 3])])));
});

describe('nodes', () => {
  const call = (name: string, inputs: Record<string, unknown>) => refused(() => runNode(device, name, inputs));
  for (const [called, value] of Object.entries(junk)) {
    it(`runNode refuses ${called} as name`, () => refused(() => runNode(device, value as never, {})));
    it(`ImageToMask refuses ${called} as image`, () => call('ImageToMask', { image: value }));
    if (value === undefined) continue;
    it(`ImageToMask refuses ${called} as channel`, () => call('ImageToMask', { image, channel: value }));
    it(`LayerMask refuses ${called} as black_point`, () =>
      call('LayerMask: ImageToMask', { image, black_point: called === '0.5' ? 1.5 : value }));
    if (value !== null)
      it(`LayerMask refuses ${called} as mask`, () => call('LayerMask: ImageToMask', { image, mask: value }));
  }
  it('alpha of a picture without one names the shape', async () => {
    expect((await call('ImageToMask', { image, channel: 'alpha' })).message).toContain('[1,2,4,3]');
  });
  it('a mask of another size names both sizes', async () => {
    const error = await call('LayerMask: ImageToMask', { image, mask: device.mask(new Uint8Array(9), [3, 3]) });
    expect(error.message).toMatch(/4 x 2.*3 x 3/);
  });
  for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    it(`there is no node called ${name}`, () => call(name, {}));
    it(`there is no input called ${name}`, () => call('ImageToMask', JSON.parse(`{"${name}": 1}`)));
  }
});

it('what was refused left its inputs as they were', async () => {
  const bytes = Uint8Array.from({ length: 24 }, (_, i) => i);
  const before = bytes.slice();
  await refused(() => device.image(bytes, [1, 2, 4, 4]));
  expect(bytes).toEqual(before);
});
