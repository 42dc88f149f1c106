// A mask on the upper canvas. The picture lies on the lower one, so a tint only has to let it through.

/** What a mask's byte looks like: one RGBA word for each of the 256 values. */
function look({ mode, tint, opacity }) {
  const color = Number.parseInt(tint.slice(1), 16);
  const rgb = (color >> 16) | (color & 0xff00) | ((color & 0xff) << 16);
  return Uint32Array.from({ length: 256 }, (_, value) =>
    mode === 'overlay' ? rgb | (Math.round(value * opacity) << 24) : (value * 0x10101) | (255 << 24),
  );
}

export async function paint(canvas, picture, source, mask, view, bytes) {
  if (view.mode === 'picture') return;
  if (!bytes) return draw(canvas, picture, mask, view);
  const pixels = new ImageData(source.width, source.height);
  const words = new Uint32Array(pixels.data.buffer);
  if (view.mode === 'cutout') {
    const under = new Uint32Array(source.bytes.buffer, source.bytes.byteOffset, words.length);
    for (let i = 0; i < words.length; i++) words[i] = (under[i] & 0xffffff) | (bytes[i] << 24);
  } else {
    const table = look(view);
    for (let i = 0; i < words.length; i++) words[i] = table[bytes[i]];
  }
  canvas.getContext('2d').putImageData(pixels, 0, 0);
}

/** On the GPU the mask never comes back here to be seen. */
function draw(canvas, picture, mask, { mode, tint, opacity }) {
  if (mode === 'cutout') return picture.image.withAlpha(mask.as('uint8')).draw(canvas);
  return mode === 'overlay' ? mask.draw(canvas, { tint, opacity }) : mask.draw(canvas);
}
