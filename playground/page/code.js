// The mask as a program on the library: worker/masks.js written out for these settings.

export function codeOf(work, { file, transparent, colors }) {
  const picks = (settings) => settings.colors.filter((place) => place < colors);
  const masks = work.combine === 'none' ? [work.masks[0]] : work.masks;
  const alpha = transparent && masks.some((one) => one.channel === 'alpha' && !picks(one).length);
  const map = masks.some((one) => picks(one).length);
  const chains = masks.map((one) => chain(one, picks(one), transparent));
  const lines = [
    "import { open } from 'chromask';",
    '',
    'const device = await open();',
    `const { ${alpha ? 'image, mask: transparency' : 'image'} } = await device.load(file); // ${file}`,
    ...(map ? [`const { masks } = await image.colorMap(${options(work.colorMap)});`] : []),
    '',
    ...(chains.length === 1
      ? [`const mask = ${chains[0]};`]
      : [
          `const a = ${chains[0]};`,
          `const b = ${chains[1]};`,
          `const mask = a.composite(b, ${options({ operation: work.combine })});`,
        ]),
    '',
    'const png = await mask.toPng();',
  ];
  return `${lines.join('\n')}\n`;
}

function chain(settings, places, transparent) {
  const { channel, black, white, gray, invert, threshold, grow, feather } = settings;
  const levels = { ...(black && { black }), ...(white !== 255 && { white }), ...(gray !== 1 && { gray }) };
  const source =
    channel === 'alpha' && transparent ? ['transparency', '.invert()'] : ['image', `.channel('${channel}')`];
  const calls = places.length
    ? [`masks.at(${places[0]})`, ...places.slice(1).map((place) => `.max(masks.at(${place}))`)]
    : [...source, '.normalize()', ...(Object.keys(levels).length ? [`.levels(${options(levels)})`] : [])];
  if (invert) calls.push('.invert()');
  if (threshold !== null) calls.push(`.threshold(${options({ value: threshold })})`);
  if (grow) calls.push(`.grow(${options({ expand: grow })})`);
  if (feather) calls.push(`.feather(${options({ left: feather, top: feather, right: feather, bottom: feather })})`);
  return calls.length > 3 ? calls.join('\n  ') : calls.join('');
}

const options = (values) =>
  `{ ${Object.entries(values)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? `'${value}'` : value}`)
    .join(', ')} }`;
