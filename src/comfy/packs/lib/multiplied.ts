// RGBA to premultiplied colours and back, in Pillow's integers.

/** RGBA with premultiplied colours. */
export const premultiplied = (data: Uint8Array): Uint8Array<ArrayBuffer> =>
  data.map((v, i) => {
    const product = v * data[i | 3] + 128;
    return i % 4 === 3 ? v : ((product >> 8) + product) >> 8;
  });

/** The inverse. */
export const unmultiplied = (data: Uint8Array): Uint8Array<ArrayBuffer> =>
  data.map((v, i) => {
    const alpha = data[i | 3];
    return i % 4 === 3 || alpha === 0 || alpha === 255 ? v : Math.min(Math.floor((255 * v) / alpha), 255);
  });
