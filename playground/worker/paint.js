// Picture and mask on their canvases: the whole, or of a large picture the part that is in sight, in the screen's detail.
import { LARGE } from './picture.js';

/** Room around what is in sight, as a share of it, so that moving a little needs no new pixels. */
const AROUND = 0.25;

/** What the canvases show: a rectangle of the picture, and their size. `port` is where the picture lies on the screen. */
export function regionOf({ width, height }, port) {
  const whole = { x: 0, y: 0, width, height };
  if (width * height <= LARGE || !port) {
    const scale = Math.min(1, Math.sqrt(LARGE / (width * height)));
    return { ...whole, across: sized(width, scale), down: sized(height, scale) };
  }
  // by steps, so that zooming a little needs no new pixels
  const scale = Math.min(1, 2 ** (Math.ceil(Math.log2(port.scale) * 2) / 2));
  if (width * height * scale * scale <= LARGE)
    return { ...whole, across: sized(width, scale), down: sized(height, scale) };
  const span = (from, size, length) => {
    const [low, high] = [-from / port.scale, (size - from) / port.scale];
    const more = (high - low) * AROUND;
    const start = Math.min(Math.max(0, Math.floor(low - more)), length - 1);
    return [start, Math.max(start + 1, Math.min(length, Math.ceil(high + more))) - start];
  };
  const [x, w] = span(port.left, port.across, width);
  const [y, h] = span(port.top, port.down, height);
  return { x, y, width: w, height: h, across: sized(w, scale), down: sized(h, scale) };
}

const sized = (pixels, scale) => Math.max(1, Math.round(pixels * scale));

/** Whether what is in sight still lies in the region, in the same detail. */
export function covers(region, { width, height }, port) {
  if (region.width === width && region.height === height) {
    const next = regionOf({ width, height }, port);
    return next.across === region.across && next.width === region.width;
  }
  const [low, high] = [-port.left / port.scale, (port.across - port.left) / port.scale];
  const [top, bottom] = [-port.top / port.scale, (port.down - port.top) / port.scale];
  const detail = regionOf({ width, height }, port);
  return (
    Math.abs(detail.across / detail.width - region.across / region.width) < 1e-3 &&
    region.x <= Math.max(0, low) &&
    region.y <= Math.max(0, top) &&
    region.x + region.width >= Math.min(width, high) &&
    region.y + region.height >= Math.min(height, bottom)
  );
}

/** The region of a batch of `picture`, which may be a smaller copy of the whole. */
function part(batch, { width, height }, region, full) {
  const [sx, sy] = [width / full.width, height / full.height];
  const [x, y] = [Math.floor(region.x * sx), Math.floor(region.y * sy)];
  const size = { width: Math.ceil(region.width * sx), height: Math.ceil(region.height * sy) };
  if (x === 0 && y === 0 && size.width >= width && size.height >= height) return batch;
  return batch.crop({ x, y, ...size });
}

export const paintPicture = (canvas, picture, region, full, options) =>
  on(canvas, region, (to) => part(picture.rgba, picture, region, full).draw(to, options));

export async function paintMask(canvas, picture, mask, view, region, full, options) {
  if (view.mode === 'picture') return;
  const { mode, tint, opacity } = view;
  const seen = part(mask, picture, region, full);
  await on(canvas, region, (to) => {
    if (mode === 'overlay') return seen.draw(to, { tint, opacity, ...options });
    if (mode === 'mask') return seen.draw(to, options);
    return part(picture.image, picture, region, full).withAlpha(seen.as('uint8')).draw(to, options);
  });
}

/** A canvas that changes its size is empty until it is drawn, so the new size comes with its pixels. */
async function on(canvas, { across, down }, draw) {
  if (canvas.width === across && canvas.height === down) return draw(canvas);
  const next = new OffscreenCanvas(across, down);
  await draw(next);
  Object.assign(canvas, { width: across, height: down });
  canvas.getContext('2d').drawImage(next, 0, 0);
}
