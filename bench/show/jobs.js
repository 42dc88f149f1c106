// What is shown, and the pictures that it is made of: the same on every machine.
export const jobs = {
  V1: { what: 'a mask drawn, 4K', width: 3840, height: 2160, stage: [3840, 2160], near: 0 },
  V2: { what: 'levels dragged over a tinted overlay, 1080p', width: 1920, height: 1080, stage: [1920, 1080], near: 2 },
  V3: { what: 'a mask of 48 MP on a small canvas', width: 8000, height: 6000, stage: [1140, 855], near: 2 },
};

export const TINT = [255, 48, 80];
export const OPACITY = 0.6;

/** The levels of frame `i` of a drag. */
export const levels = (i) => ({ black: 10 + ((i * 7) % 90), white: 255 - ((i * 5) % 60) });

/** What levels make of a byte: between black and white, in a line. */
export const toned = (v, { black, white }) =>
  Math.max(0, Math.min(255, Math.round(((v - black) * 255) / (white - black))));

/** A photo of waves and grain, and a mask of soft blobs. */
export function pictures({ width, height }, name) {
  const photo = name === 'V2' ? new Uint8ClampedArray(width * height * 4) : undefined;
  const mask = new Uint8Array(width * height);
  const wave = Uint8Array.from({ length: width }, (_, x) => 128 + 100 * Math.sin(x / 90));
  let grain = 1;
  for (let y = 0, at = 0; y < height; y++) {
    const row = 128 + 100 * Math.sin(y / 70);
    for (let x = 0; x < width; x++, at++) {
      grain = (Math.imul(grain, 1664525) + 1013904223) >>> 0;
      mask[at] = (wave[x] + row + (grain >>> 28)) >> 1;
      if (!photo) continue;
      photo[at * 4] = wave[x];
      photo[at * 4 + 1] = row;
      photo[at * 4 + 2] = 255 - wave[x] + (grain >>> 29);
      photo[at * 4 + 3] = 255;
    }
  }
  return { photo, mask };
}

/** Luma as the nodes have it: what levels are dragged on. */
export function luma(photo) {
  const gray = new Uint8Array(photo.length / 4);
  for (let i = 0, at = 0; i < gray.length; i++, at += 4)
    gray[i] = (photo[at] * 19595 + photo[at + 1] * 38470 + photo[at + 2] * 7471 + 0x8000) >> 16;
  return gray;
}
