// A picture on one device: what LoadImage gives of it, and what is asked of it again and again.

/** Decodes on one device, once; the others get its bytes. */
export async function read(device, source) {
  const { rgba, mask } = await device.load(source);
  const first = rgba.at(0);
  const [, height, width] = first.shape;
  const transparent = mask.shape[1] === height && mask.shape[2] === width;
  const frames = rgba.shape[0];
  return { bytes: await first.bytes(), width, height, frames, transparent };
}

export function place(device, { bytes, width, height, transparent }) {
  const rgba = device.image(bytes, [1, height, width, 4]);
  const image = rgba.rgb();
  const alpha = rgba.channel('alpha');
  /** LoadImage's mask is 1 - alpha, so the alpha that a graph can have is 1 less that. */
  const opaque = transparent ? alpha.as('float32').invert().invert().as('uint8') : alpha;
  const maps = new Map();
  return {
    image,
    channel: (name) => (name === 'alpha' ? opaque : image.channel(name)),
    colorMap(options) {
      const key = JSON.stringify(options);
      if (!maps.has(key)) maps.set(key, image.colorMap(options));
      return maps.get(key);
    },
    dispose: () => rgba.dispose(),
  };
}

/** The same picture, no larger than a thumbnail: the mean of each box of pixels. */
export function reduced({ bytes, width, height, transparent }, most) {
  const step = Math.max(1, Math.ceil(Math.max(width / most, height / most)));
  const [w, h] = [Math.max(1, Math.floor(width / step)), Math.max(1, Math.floor(height / step))];
  const small = new Uint8Array(w * h * 4);
  const sums = [0, 0, 0, 0];
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      sums.fill(0);
      const [dy, dx] = [Math.min(step, height), Math.min(step, width)];
      for (let i = 0; i < dy; i++) {
        for (let at = ((y * step + i) * width + x * step) * 4, end = at + dx * 4; at < end; ) {
          for (let c = 0; c < 4; c++) sums[c] += bytes[at++];
        }
      }
      for (let c = 0; c < 4; c++) small[(y * w + x) * 4 + c] = sums[c] / (dy * dx);
    }
  }
  return { bytes: small, width: w, height: h, transparent };
}
