// Properties of all masks and pictures, tested on random ones: regions by their definition, and calls that must
// change nothing.
import { open } from 'chromask';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ops } from '../src/ops/index.js';

const device = await open({ device: 'wasm' });

const sides = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }));
const connectivities = fc.constantFrom(4 as const, 8 as const);
/** Few values, so that regions hang together. */
const patches = (most: number) =>
  sides.chain(([width, height]) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      data: fc.uint8Array({ min: 0, max: most, minLength: width * height, maxLength: width * height }),
    }),
  );

describe('a region', () => {
  it('of a picture is a part of the mask of its colour, whichever pixel is asked, and all of them are all', async () => {
    await fc.assert(
      fc.asyncProperty(patches(2), connectivities, async ({ width, height, data }, connectivity) => {
        const values = data.map((v) => v * 90);
        const image = device.image(values, [height, width, 1]);
        const seen = new Uint8Array(values.length);
        for (const value of new Set(values)) {
          const colour = [value, value, value] as const;
          const { masks } = await image
            .colorRange({ colors: colour, tolerance: 0 })
            .components({ connectivity, max: 65536 });
          const parts = await masks?.bytes();
          if (!parts) throw new Error('a colour of the picture has pixels');
          for (let from = 0; from < parts.length; from += values.length) {
            const part = parts.subarray(from, from + values.length);
            // the first and the last of it, as two that are far apart
            for (const at of [part.indexOf(255), part.lastIndexOf(255)]) {
              const place = { x: at % width, y: Math.floor(at / width) };
              const found = await image.wand({ ...place, tolerance: 0, connectivity }).bytes();
              expect(Buffer.compare(found, part)).toBe(0);
            }
            part.forEach((v, i) => {
              seen[i] += v & 1;
            });
          }
        }
        expect(seen).toEqual(new Uint8Array(values.length).fill(1));
      }),
      { numRuns: 40 },
    );
  });

  it('filled, removed or counted leaves nothing else changed', async () => {
    await fc.assert(
      fc.asyncProperty(patches(1), connectivities, async ({ width, height, data }, connectivity) => {
        const mask = device.mask(
          data.map((v) => v * 255),
          [height, width],
        );
        const own = await mask.bytes();
        const { areas } = await mask.components({ connectivity, max: 65536 });
        expect(areas.reduce((sum, area) => sum + area, 0)).toBe((await mask.area())[0]);
        const [filled, kept] = [
          await mask.fillHoles({ connectivity }).bytes(),
          await mask.removeSmall({ area: 5, connectivity }).bytes(),
        ];
        own.forEach((v, i) => {
          if (v) expect(filled[i]).toBe(v);
          else expect(kept[i]).toBe(0);
        });
        const left = areas.filter((area) => area >= 5).reduce((sum, area) => sum + area, 0);
        expect(kept.filter(Boolean).length).toBe(left);
      }),
      { numRuns: 60 },
    );
  });
});

describe('nothing is changed', () => {
  const filters = ops.resize.params.filter.options;
  it('by a resize to the same size, a turn and back, or two flips', async () => {
    await fc.assert(
      fc.asyncProperty(patches(255), fc.constantFrom(...filters), async ({ width, height, data }, filter) => {
        const mask = device.mask(data, [height, width]);
        expect(await mask.resize({ width, height, filter }).bytes()).toEqual(data);
        // through another pass than the one that is left out
        expect(
          await mask
            .rotate({ turns: 1 })
            .resize({ width: height, height: width, filter })
            .rotate({ turns: -1 })
            .bytes(),
        ).toEqual(data);
        expect(await mask.flip({ axis: 'x' }).flip({ axis: 'x' }).bytes()).toEqual(data);
      }),
      { numRuns: 60 },
    );
  });

  it('of one value, by any blur, median, growth or resize', async () => {
    const radius = fc.double({ min: 0.1, max: 60, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        sides,
        fc.integer({ min: 0, max: 255 }),
        radius,
        fc.constantFrom(...filters),
        async ([width, height], value, radius, filter) => {
          const mask = device.mask(new Uint8Array(width * height).fill(value), [height, width]);
          const whole = Math.ceil(radius);
          const results = {
            blur: mask.blur({ radius }),
            boxBlur: mask.boxBlur({ radius }),
            median: mask.median({ radius: whole }),
            grow: mask.grow({ expand: whole, shape: 'disk' }),
            shrink: mask.grow({ expand: -whole, shape: 'square' }),
            opening: mask.opening({ radius: whole }),
            closing: mask.closing({ radius: whole }),
            resize: mask.resize({ width: width + 7, height: Math.max(1, height - 3), filter }),
          };
          for (const [name, made] of Object.entries(results)) {
            const bytes = await made.bytes();
            expect(bytes, name).toEqual(new Uint8Array(bytes.length).fill(value));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
