// COCO's run lengths against strings from pycocotools, and against the format's description, implemented here in
// another way: 48 plus six bits a letter, five of which are part of a two's complement number from its low end; the
// sixth means "more".
import { open } from 'chromask';
import { expect, it } from 'vitest';
import { noise } from './noise.js';

const device = await open({ device: 'wasm' });

/** The numbers in a string, and the run lengths they stand for: from the fourth on each is a difference to the one two before. */
function unpacked(text: string): number[] {
  const numbers = (text.match(/[P-o]*[0-O]/g) ?? []).map((letters) => {
    const groups = Array.from(letters, (letter) => (letter.charCodeAt(0) - 48) % 32);
    const value = groups.reduceRight((sum, group) => sum * 32 + group, 0);
    return (groups.at(-1) ?? 0) < 16 ? value : value - 32 ** groups.length;
  });
  const counts: number[] = [];
  for (const [i, number] of numbers.entries()) counts.push(i < 3 ? number : number + (counts[i - 2] ?? 0));
  return counts;
}

/** The shortest two's complement of five-bit groups. */
function packedAgain(counts: readonly number[]): string {
  return counts
    .map((count, i) => {
      const number = i < 3 ? count : count - (counts[i - 2] ?? 0);
      let length = 1;
      while (number < -(32 ** length) / 2 || number >= 32 ** length / 2) length++;
      const wrapped = number < 0 ? number + 32 ** length : number;
      return Array.from({ length }, (_, k) => {
        const group = Math.floor(wrapped / 32 ** k) % 32;
        return String.fromCharCode(48 + group + (k < length - 1 ? 32 : 0));
      }).join('');
    })
    .join('');
}

/** Rows of bytes from run lengths down the columns. */
function painted(counts: readonly number[], height: number, width: number): Uint8Array {
  const bytes = new Uint8Array(height * width);
  let at = 0;
  for (const [i, count] of counts.entries()) {
    for (let k = 0; k < count; k++, at++) if (i & 1) bytes[(at % height) * width + Math.floor(at / height)] = 255;
  }
  expect(at).toBe(height * width);
  return bytes;
}

/** Run lengths of a mask, by way of its columns in letters. */
function counted(bytes: Uint8Array, height: number, width: number): number[] {
  const columns = Array.from({ length: height * width }, (_, i) =>
    bytes[(i % height) * width + Math.floor(i / height)] ? 1 : 0,
  );
  const runs = columns.join('').match(/0+|1+/g) ?? [];
  return [...(columns[0] ? [0] : []), ...runs.map((run) => run.length)];
}

/** What pycocotools 2.0 gave, as its users wrote it down in public. */
const recorded: [source: string, size: [number, number], counts: string][] = [
  ['cocodataset/cocoapi issue 135: no pixel of 5 x 10', [5, 10], 'b1'],
  ['facebookresearch/detectron2 issue 844: no pixel of 30 x 30', [30, 30], 'Tl0'],
  [
    'cocodataset/cocoapi issue 550: an outline in a picture',
    [576, 752],
    'ZbQ:1ma06J3N2N1O2M4K6K3N1N3M3J7K4M2N3M2M5K7J3N1O2N2L4N2M3N1O2L4M3M3N2M2M5K4M4L3N1N4K4K5N2O10O0100O1O10O0110O000O100101OO0O0100O11O00O010O1010OO100O1013L000O01004MOO10O010020O0OO010010O000O10O1100O1OO100O2N2N010O001O2O0O001O2O1N2N001O1O1O1O1O001N2O1N3N0O2O1N3K5J5L3N3L4H8E;L4M2O2L4K5K5N2M2O3L4K4M3N2N2M4K5K4M5Khl?',
  ],
];
for (const [source, [height, width], counts] of recorded) {
  it(`is what pycocotools gave: ${source}`, async () => {
    const runs = unpacked(counts);
    const mask = device.mask(painted(runs, height, width), [height, width]);
    expect(await mask.toCocoRle()).toEqual({ size: [height, width], counts });
    expect(await mask.toCocoRle({ compressed: false })).toEqual({ size: [height, width], counts: runs });
    mask.dispose();
  });
}

it('comes back from its string and from its numbers, for any mask', async () => {
  const makes: Record<string, (i: number, noisy: number) => boolean> = {
    nothing: () => false,
    everything: () => true,
    noise: (_, noisy) => noisy < 128,
    'a few pixels': (_, noisy) => noisy < 3,
    'almost all': (_, noisy) => noisy > 2,
    'long runs': (i) => i % 3000 < 1500,
    'only the first pixel': (i) => i === 0,
  };
  for (const [height, width] of [
    [1, 1],
    [1, 7],
    [7, 1],
    [3, 4],
    [64, 48],
    [203, 300],
  ] as const) {
    for (const [name, make] of Object.entries(makes)) {
      const bytes = noise(height * width, height + 3).map((value, i) => (make(i, value) ? 255 : 0));
      const mask = device.mask(bytes, [height, width]);
      const counts = counted(bytes, height, width);
      const label = `${name} of ${height} x ${width}`;
      expect((await mask.toCocoRle({ compressed: false })).counts, label).toEqual(counts);
      const { counts: text } = await mask.toCocoRle();
      expect(text, label).toBe(packedAgain(counts));
      expect(Buffer.compare(painted(unpacked(String(text)), height, width), bytes), label).toBe(0);
      mask.dispose();
    }
  }
});

it('takes what is above the threshold as inside, and no batch', async () => {
  const soft = device.mask(Float32Array.of(0, 0.5, 0.50001, 1), [4, 1]);
  expect((await soft.toCocoRle({ compressed: false })).counts).toEqual([2, 2]);
  expect((await soft.toCocoRle({ compressed: false, threshold: 0 })).counts).toEqual([1, 3]);
  await expect(device.mask(new Uint8Array(8), [2, 2, 2]).toCocoRle()).rejects.toMatchObject({ code: 'bad-shape' });
});
