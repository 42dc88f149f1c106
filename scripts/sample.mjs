// Draws sample.png: a hue wheel, a shaded ball, gradients and soft edges, so that every channel has content.
import { writeFileSync } from 'node:fs';
import { encode } from '../dist/png.js';

const width = 640;
const height = 420;
const data = new Uint8Array(width * height * 4);
const mix = (a, b, t) => a.map((value, i) => value + (b[i] - value) * t);
const clamp = (t) => Math.min(Math.max(t, 0), 1);

function hue(turn, saturation, value) {
  const channel = (shift) => {
    const k = (shift + turn * 6) % 6;
    return 255 * (value - value * saturation * clamp(Math.min(k, 4 - k)));
  };
  return [channel(5), channel(3), channel(1)];
}

/**
 * Layers from back to front: sky and ground, a hue wheel, a ball with its shadow, a row of colours. Alpha fades at
 * the right edge.
 */
function pixel(x, y) {
  let color =
    y < 250 ? mix([38, 70, 140], [250, 206, 150], y / 250) : mix([96, 120, 58], [30, 44, 26], (y - 250) / 170);
  const cover = (other, share) => {
    color = mix(color, other, clamp(share));
  };
  const wheel = Math.hypot(x - 170, y - 170);
  const turn = (Math.atan2(y - 170, x - 170) / (2 * Math.PI) + 1) % 1;
  cover(hue(turn, clamp(wheel / 110), 1), 111 - wheel);
  cover([12, 16, 10], 0.7 * clamp(1.2 - Math.hypot((x - 450) / 120, (y - 338) / 22)));
  const ball = Math.hypot(x - 440, y - 230);
  const light = clamp(1.15 - Math.hypot(x - 400, y - 185) / 150);
  cover(mix([60, 10, 24], [255, 120, 110], light), 101 - ball);
  cover([255, 255, 255], 0.9 * clamp(1.4 - Math.hypot(x - 400, y - 180) / 22));
  if (y > 372 && y < 404 && x > 30 && x < 610 && (x - 30) % 58 < 50)
    cover(hue(Math.floor((x - 30) / 58) / 10, 0.75, 0.85), 1);
  return [...color, 255 * clamp((width - x) / 90)];
}

for (let y = 0, at = 0; y < height; y++) {
  for (let x = 0; x < width; x++) for (const value of pixel(x, y)) data[at++] = Math.round(value);
}
writeFileSync('sample.png', await encode({ width, height, channels: 4, bitDepth: 8, data }, { level: 'small' }));
