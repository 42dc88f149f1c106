// The mask as steps of ComfyUI nodes, each with its values and the steps it reads: worker/masks.js in the nodes' words.

/** Whether no node makes this mask: it was selected by hand, or refined as no node refines. */
export const byHand = ({ marks, holes, specks, blur }) => marks.length > 0 || holes || specks > 1 || blur > 0;

/** The two masks that are used, with those that a graph has to load from files of their own. */
export const filesOf = (work) =>
  (work.combine === 'none' ? [work.masks[0]] : work.masks).flatMap((one, i) => (byHand(one) ? ['ab'[i]] : []));

export const partName = (file, part) => `${file.replace(/\.\w+$/, '')}-mask-${part}.png`;

/** `colors` is how many colours the picture has to pick from. */
export function stepsOf(work, { file, transparent, colors }) {
  const steps = [];
  const add = (type, reads, values = {}) => {
    steps.push({ type, values, reads });
    return [steps.length - 1, 0];
  };
  const composite = (destination, source, operation) =>
    add('MaskComposite', { destination, source }, { x: 0, y: 0, operation });
  let opened;
  let map;
  const loaded = () => {
    opened ??= add('LoadImage', {}, { image: file });
    return opened;
  };

  /** LoadImage gives a picture without alpha; its mask is 1 - alpha, and turned round it is a picture's channel. */
  const source = (channel) => {
    if (channel !== 'alpha' || !transparent) return [loaded(), channel === 'S(HSV)' ? 'S(HSV' : channel];
    return [add('MaskToImage', { mask: add('InvertMask', { mask: [loaded()[0], 1] }) }), 'R(RGB)'];
  };

  const toned = ({ channel, black, white, gray, invert }) => {
    const [image, name] = source(channel);
    const values = {
      channel: name,
      black_point: black,
      white_point: white,
      gray_point: gray,
      invert_output_mask: invert,
    };
    return add('LayerMask: ImageToMask', { image }, values);
  };

  const picked = ({ colors: places, invert }, { minPixels, maxCount }) => {
    map ??= add('ColorMapToMasks __Inspire', { color_map: loaded() }, { min_pixels: minPixels, max_count: maxCount });
    const chosen = places.map((idx) => add('SelectNthMask __Inspire', { masks: map }, { idx }));
    const together = chosen.reduce((all, mask) => composite(all, mask, 'add'));
    return invert ? add('InvertMask', { mask: together }) : together;
  };

  const one = (settings, part) => {
    if (byHand(settings)) return add('LoadImageMask', {}, { image: partName(file, part), channel: 'red' });
    const places = settings.colors.filter((place) => place < colors);
    let mask = places.length ? picked({ ...settings, colors: places }, work.colorMap) : toned(settings);
    const { threshold, grow, feather } = settings;
    if (threshold !== null) mask = add('ThresholdMask', { mask }, { value: threshold });
    if (grow) mask = add('GrowMask', { mask }, { expand: grow, tapered_corners: true });
    if (feather) mask = add('FeatherMask', { mask }, { left: feather, top: feather, right: feather, bottom: feather });
    return mask;
  };

  const first = one(work.masks[0], 'a');
  const mask = work.combine === 'none' ? first : composite(first, one(work.masks[1], 'b'), work.combine);
  add('PreviewImage', { images: add('MaskToImage', { mask }) });
  return steps;
}
