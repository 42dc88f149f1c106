// The mask as a program on the library: worker/masks.js written out for these settings.

/** Characters of a line. */
const WIDE = 90;

export function codeOf(work, { file, width, height, transparent, colors, saved }) {
  const picks = (settings) => settings.colors.filter((place) => place < colors);
  const masks = work.combine === 'none' ? [work.masks[0]] : work.masks;
  const based = masks.filter(({ marks }) => marks[0]?.how !== 'new');
  const alpha = transparent && based.some((one) => one.channel === 'alpha' && !picks(one).length);
  const map = based.some((one) => picks(one).length);
  const all = masks.flatMap(({ marks }) => marks);
  const drawn = all.some(({ tool }) => tool !== 'wand' && tool !== 'file');
  const documents = all.some(({ tool }) => tool === 'file');
  const chains = masks.map((one) => chain(one, picks(one), transparent));
  const lines = [
    `import { open${documents ? ', openDocument' : ''} } from 'chromask';`,
    '',
    'const device = await open();',
    `const { ${alpha ? 'image, mask: transparency' : 'image'} } = await device.load(file); // ${file}`,
    ...(map ? [`const { masks } = await image.colorMap(${options(work.colorMap)});`] : []),
    ...(drawn ? [`const size = ${options({ width, height })};`] : []),
    ...(documents
      ? [`const saved = await openDocument(device, JSON.parse(text), { inputs: { picture: image } }); // ${saved}`]
      : []),
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
  const { channel, black, white, gray, invert, threshold, holes, specks, grow, blur, feather, marks } = settings;
  const levels = { ...(black && { black }), ...(white !== 255 && { white }), ...(gray !== 1 && { gray }) };
  const source =
    channel === 'alpha' && transparent ? ['transparency', '.invert()'] : ['image', `.channel('${channel}')`];
  const base = places.length
    ? [`masks.at(${places[0]})`, ...places.slice(1).map((place) => `.max(masks.at(${place}))`)]
    : [...source, '.normalize()', ...(Object.keys(levels).length ? [`.levels(${options(levels)})`] : [])];
  const [first, ...others] = marks;
  const alone = first?.how === 'new';
  const calls = alone ? [made(first)] : base;
  // joined in bytes, as what is selected by hand has them
  if (!alone && marks.length && places.length) calls.push(".as('uint8')");
  for (const mark of alone ? others : marks)
    calls.push(`.${mark.how === 'subtract' ? 'subtract' : 'max'}(${made(mark)})`);
  if (invert) calls.push('.invert()');
  if (threshold !== null) calls.push(`.threshold(${options({ value: threshold })})`);
  if (holes) calls.push('.fillHoles()');
  if (specks > 1) calls.push(`.removeSmall(${options({ area: specks })})`);
  if (grow) calls.push(`.grow(${options({ expand: grow })})`);
  if (blur) calls.push(`.blur(${options({ radius: blur })})`);
  if (feather) calls.push(`.fadeEdges(${options({ left: feather, top: feather, right: feather, bottom: feather })})`);
  return calls.length > 3 || calls.join('').length > WIDE ? calls.join('\n  ') : calls.join('');
}

function made(mark) {
  if (mark.tool === 'wand') {
    const { x, y, tolerance, contiguous } = mark;
    return `image.wand(${options({ x, y, tolerance, ...(contiguous ? {} : { contiguous }) })})`;
  }
  if (mark.tool === 'lasso') return `device.polygon([[${mark.points.join(', ')}]], size)`;
  if (mark.tool === 'brush') return `device.stroke([${mark.points.join(', ')}], { ...size, radius: ${mark.radius} })`;
  if (mark.tool === 'file') return 'saved';
  return `device.${mark.tool}([${mark.box.join(', ')}], size)`;
}

const options = (values) =>
  `{ ${Object.entries(values)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? `'${value}'` : value}`)
    .join(', ')} }`;
