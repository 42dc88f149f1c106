// Every operation once, with suitable options, from the table of operations itself, so that none is left out.

/** A value that the row's parameter allows, small enough for small pictures. */
function allowed(param, r) {
  if (param.type === 'boolean') return r.below(2) === 0;
  if (param.type === 'choice') return r.pick(param.options);
  if (param.type === 'text') return param.default;
  if (param.type === 'color') return r.below(param.max + 1);
  const [least, most] = [Math.max(param.min, -8), Math.min(param.max, 48)];
  if (param.type === 'integer') return least + r.below(most - least + 1);
  const step = param.step ?? 0.01;
  return Number((least + step * r.below(Math.floor((most - least) / step) + 1)).toFixed(4));
}

const optionsOf = (params, r) =>
  Object.fromEntries(Object.entries(params).map(([name, param]) => [name, allowed(param, r)]));

/** A row of the table on a batch, with suitable options. `image` and `mask` serve as its second operand. */
export function once(name, row, receiver, { image, mask }, r) {
  const options = optionsOf(row.params, r);
  const [, height, width] = receiver.shape;
  if (name === 'crop') Object.assign(options, { x: r.below(width), y: r.below(height) });
  const other = row.with === 'image' ? (row.needs ? image.withAlpha(mask) : image) : mask;
  return receiver[name](...(row.with ? [other] : []), options);
}

/**
 * Names and their functions of a picture, starting with the two masks that most others use. `library` has `ops`,
 * `channelNames` and `MaskBatch`.
 */
export async function every(library, device, image, r) {
  const { ops, channelNames, MaskBatch } = library;
  const [red, floats] = [image.channel('red'), image.as('float32').channel('green')];
  const made = [
    ['a channel of bytes', red],
    ['a channel of floats', floats],
    ...channelNames.map((name) => [name, image.channel(name)]),
  ];
  const [batch, height, width] = red.shape;
  for (const [name, row] of Object.entries(ops)) {
    if (!row.on || row.channel) continue;
    if (row.on === 'device') {
      made.push([name, device.make(name, { ...optionsOf(row.params, r), width, height })]);
      continue;
    }
    const pictures = row.on === 'mask' ? [] : [row.of === 'float32' ? image.as('float32') : image];
    const masks = row.on === 'image' ? [] : [red, floats];
    for (const receiver of [...pictures, ...masks])
      made.push([name, once(name, row, receiver, { image, mask: red }, r)]);
  }
  const { masks } = await image.colorMap({ minPixels: 1, maxCount: 3 });
  made.push(
    ['solid', device.solid({ value: 0.5, width, height })],
    ['composite', red.composite(floats, { x: r.below(9), operation: 'xor' })],
    ['at', red.at(-1)],
    ['slice', image.slice(0, batch)],
    ['cat', MaskBatch.cat([red, red.invert()])],
    ['colorMap', masks],
  );
  return made;
}
