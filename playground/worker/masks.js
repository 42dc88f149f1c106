// From settings to a mask, on the public face of the library. page/code.js and page/steps.js say the same in other words.
import { openDocument } from '../lib.js';

/** The masks that are shown: the first alone, or both. */
export const shownOf = ({ combine, masks }) => (combine === 'none' ? masks.slice(0, 1) : masks);

/** With `lazy: true` in the picture nothing is computed: what a recipe is made from. */
export async function maskOf(picture, work) {
  const [a, b] = shownOf(work);
  const first = await one(picture, work, a, 'a');
  if (!b) return first;
  return first.composite(await one(picture, work, b, 'b'), { operation: work.combine });
}

/** One of the two masks, `a` or `b`. */
export async function one(picture, work, settings, name) {
  const { invert, threshold, holes, specks, grow, blur, feather } = settings;
  let mask = await marked(picture, work, settings, name);
  if (invert) mask = mask.invert();
  if (threshold !== null) mask = mask.threshold({ value: threshold });
  if (holes) mask = mask.fillHoles();
  if (specks > 1) mask = mask.removeSmall({ area: specks });
  if (grow) mask = mask.grow({ expand: grow });
  if (blur) mask = mask.blur({ radius: blur });
  if (feather) mask = mask.fadeEdges({ left: feather, top: feather, right: feather, bottom: feather });
  return mask;
}

/** What is selected by channel, colours and hand. Everything after it is dragged over again and again, so it is kept. */
async function marked(picture, work, settings, name) {
  const { marks } = settings;
  const { device } = picture;
  if (!marks.length) return based(picture, work, settings);
  const base = marks[0].how === 'new' ? undefined : await based(picture, work, settings);
  let mask = base;
  let key = base ? JSON.stringify({ ...settings, marks: [], map: work.colorMap }) : '';
  for (const [place, mark] of marks.entries()) {
    const under = mask;
    const part = await picture.kept(`${name}${place}`, JSON.stringify(mark), () => made(picture, mark));
    key += JSON.stringify(mark);
    mask = picture.kept(`${name}${place}+`, key, () => {
      if (!under) return part;
      return mark.how === 'subtract' ? under.as('uint8').subtract(part) : under.as('uint8').max(part);
    });
    // a long row of strokes is joined once, not for every frame
    if (place < marks.length - 1 || device.name === 'wasm') await hold(picture, mask);
  }
  return mask;
}

const based = async (picture, work, settings) => (await picked(picture, work, settings)) ?? toned(picture, settings);

async function toned(picture, { channel, black, white, gray }) {
  const base = picture.stretched(channel);
  if (picture.device.name === 'wasm') await hold(picture, base);
  return base.levels({ black, white, gray });
}

/** What was asked for once is kept on the device. */
function hold({ lazy }, mask) {
  if (lazy) return undefined;
  return mask.dtype === 'uint8' ? mask.withBytes(() => undefined) : mask.withData(() => undefined);
}

/** The colours that were clicked, all in one mask; nothing if none of them is in the list any more. */
async function picked(picture, { colorMap }, { colors: places }) {
  if (!places.length) return undefined;
  const { masks, colors } = await picture.colorMap(colorMap);
  const chosen = places.filter((place) => place < colors.length).map((place) => masks.at(place));
  return chosen.length ? chosen.reduce((all, mask) => all.max(mask)) : undefined;
}

/** What one gesture selects. */
async function made({ device, image, rgba, width, height }, mark) {
  const size = { width, height };
  if (mark.tool === 'wand') {
    const { x, y, tolerance, contiguous } = mark;
    return image.wand({ x, y, tolerance, contiguous });
  }
  if (mark.tool === 'rectangle') return device.rectangle(mark.box, size);
  if (mark.tool === 'ellipse') return device.ellipse(mark.box, size);
  if (mark.tool === 'lasso') return device.polygon([mark.points], size);
  if (mark.tool === 'brush') return device.stroke(mark.points, { ...size, radius: mark.radius });
  const { document } = mark;
  const pictures = document.recipe.inputs.filter(({ kind }) => kind === 'image');
  const inputs = pictures.map(({ name, shape }) => [name, shape[3] === 4 ? rgba : image]);
  const mask = await openDocument(device, document, { inputs: Object.fromEntries(inputs) });
  if (mask.shape.length !== 3 || mask.shape[1] !== height || mask.shape[2] !== width)
    throw new Error(`it makes ${mask.shape.join(' × ')}, and the picture has ${width} × ${height} pixels`);
  return mask.as('uint8');
}

/** The settings for a copy of the picture that is smaller by `scale`. */
export function scaled(work, scale) {
  const far = (value) => (value ? Math.sign(value) * Math.max(1, Math.round(Math.abs(value) * scale)) : 0);
  const marks = (all) => all.map((mark) => scaledMark(mark, scale));
  const masks = work.masks.map((one) => ({
    ...one,
    marks: marks(one.marks),
    specks: Math.round(one.specks * scale * scale),
    grow: far(one.grow),
    blur: one.blur * scale,
    feather: far(one.feather),
  }));
  return { ...work, masks };
}

function scaledMark(mark, scale) {
  const all = (values) => values.map((value) => value * scale);
  if (mark.tool === 'wand') return { ...mark, x: Math.floor(mark.x * scale), y: Math.floor(mark.y * scale) };
  if (mark.tool === 'brush') return { ...mark, points: all(mark.points), radius: Math.max(0.1, mark.radius * scale) };
  return { ...mark, ...(mark.box && { box: all(mark.box) }), ...(mark.points && { points: all(mark.points) }) };
}

/** Whether a smaller copy can stand for the picture while something is dragged. */
export const scales = (work) =>
  shownOf(work).every(({ marks, colors }) => !colors.length && marks.every(({ tool }) => tool !== 'file'));

/** Whether the masks that are shown are blurred by so much that a copy of half the size looks the same. */
export const soft = (work) => shownOf(work).every(({ blur }) => blur >= 2);
