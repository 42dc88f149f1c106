// Pictures of every kind that the writer takes, by content, size and form, and what a reader must see.
import type { EncodeInput } from '../../src/png/index.js';
import { random } from './writer.js';

type Make = (x: number, y: number, c: number, next: () => number) => number;
const contents: Record<string, Make> = {
  black: () => 0,
  white: () => 255,
  binary: (x, y) => ((x - 20) ** 2 + (y - 15) ** 2 < 200 ? 255 : 0),
  soft: (x, y, c) => Math.min(255, (x * 5 + y * 3 + c * 40) & 511),
  'few colours': (x, y, c) => ((x >> 3) * 50 + (y >> 3) * 30 + c * 7) & 240,
  noise: (_x, _y, _c, next) => Math.floor(next() * 256),
  'noise in two values': (_x, _y, _c, next) => (next() < 0.5 ? 0 : 255),
};
const sizes = [
  [1, 1],
  [2, 1],
  [1, 3],
  [7, 5],
  [16, 16],
  [61, 47],
  [300, 9],
  [3, 1000],
] as const;

export function* inputs(): Generator<[string, EncodeInput]> {
  const next = random(99);
  for (const [width, height] of sizes) {
    for (const [name, make] of Object.entries(contents)) {
      for (const channels of [1, 2, 3, 4] as const) {
        const samples = Array.from({ length: width * height * channels }, (_, i) =>
          make(Math.floor(i / channels) % width, Math.floor(i / channels / width), i % channels, next),
        );
        const label = `${name} ${width}x${height}x${channels}`;
        yield [label, { width, height, channels, data: Uint8Array.from(samples) }];
        yield [
          `${label} deep`,
          {
            width,
            height,
            channels,
            data: Uint16Array.from(samples, (v, i) => (name === 'noise' ? v * 256 + ((i * 77) & 255) : v * 257)),
          },
        ];
        if (channels === 1 && samples.every((v) => v === 0 || v === 255))
          yield [`${label} 1 bit`, { width, height, channels, bitDepth: 1, data: Uint8Array.from(samples) }];
        if (channels === 1) {
          for (const entries of [2, 4, 16, 200]) {
            const palette = Uint8Array.from({ length: entries * 4 }, (_, i) =>
              i % 4 === 3 ? (i < 20 ? i * 9 : 255) : (i * 53) & 255,
            );
            yield [
              `${label} palette of ${entries}`,
              { width, height, palette, data: Uint8Array.from(samples, (v) => Math.floor((v * entries) / 256)) },
            ];
          }
        }
      }
    }
  }
}

/** 16-bit RGBA of what was asked for. */
export function wanted(input: EncodeInput): Uint16Array {
  const out = new Uint16Array(input.width * input.height * 4);
  for (let i = 0; i < input.width * input.height; i++) {
    if ('palette' in input) {
      for (let c = 0; c < 4; c++) out[i * 4 + c] = (input.palette[(input.data[i] ?? 0) * 4 + c] ?? 0) * 257;
      continue;
    }
    const { channels, data } = input,
      s = Array.from(
        { length: channels },
        (_, c) => (data[i * channels + c] ?? 0) * (data instanceof Uint16Array ? 1 : 257),
      );
    const [a = 0, b = 0, c = 0, d = 0] = s;
    out.set(
      channels === 1
        ? [a, a, a, 65535]
        : channels === 2
          ? [a, a, a, b]
          : channels === 3
            ? [a, b, c, 65535]
            : [a, b, c, d],
      i * 4,
    );
  }
  return out;
}
