// From settings to a mask, on the public face of the library. page/code.js and page/graph.js say the same in other words.

export async function maskOf(picture, work) {
  const [a, b] = work.masks;
  const first = await one(picture, work, a);
  if (work.combine === 'none') return first;
  return first.composite(await one(picture, work, b), { operation: work.combine });
}

async function one(picture, work, settings) {
  const { invert, threshold, grow, feather } = settings;
  let mask = (await picked(picture, work, settings)) ?? toned(picture, settings);
  if (invert) mask = mask.invert();
  if (threshold !== null) mask = mask.threshold({ value: threshold });
  if (grow) mask = mask.grow({ expand: grow });
  if (feather) mask = mask.feather({ left: feather, top: feather, right: feather, bottom: feather });
  return mask;
}

const toned = (picture, { channel, black, white, gray }) =>
  picture.channel(channel).normalize().levels({ black, white, gray });

/** The colours that were clicked, all in one mask; nothing if none of them is in the list any more. */
async function picked(picture, { colorMap }, { colors: places }) {
  if (!places.length) return undefined;
  const { masks, colors } = await picture.colorMap(colorMap);
  const chosen = places.filter((place) => place < colors.length).map((place) => masks.at(place));
  return chosen.length ? chosen.reduce((all, mask) => all.max(mask)) : undefined;
}
