// Repeats a recorded call and compares the result with the original's.

/** Whether a socket's value is compared as numbers. */
const isBatch = (value) => typeof value === 'object' && value !== null && 'shape' in value && 'dtype' in value;

/** What is wrong with a call repeated here; undefined where nothing is. `runNode` is chromask's. */
export async function repeat(runNode, device, { node, params, inputs, outputs, follows = {}, before, near = 0 }) {
  let given;
  try {
    const first = before ? await runNode(device, before.node, { ...before.params, ...before.inputs }) : [];
    const linked = Object.fromEntries(Object.entries(follows).map(([name, slot]) => [name, first[slot]]));
    given = await runNode(device, node, { ...params, ...inputs, ...linked });
  } catch (error) {
    return `it failed: ${error.message}`;
  }
  // `combined` is no output, but what the SEGS before it are when they are combined
  const wanted = outputs.filter(({ type }) => type !== 'combined');
  if (given.length !== wanted.length) return `it gave ${given.length} outputs, not ${wanted.length}`;
  for (const [slot, output] of wanted.entries()) {
    const wrong = await compared(given[slot], output, near);
    if (wrong) return `output ${slot} (${output.type}): ${wrong}`;
    const after = outputs[outputs.indexOf(output) + 1];
    const combined = after?.type === 'combined' ? await combinedWrong(given[slot], after.array) : undefined;
    if (combined) return `output ${slot}, combined: ${combined}`;
  }
  return undefined;
}

async function compared(given, { type, value, array, arrays }, near) {
  if (arrays) {
    if (!Array.isArray(given) || given.length !== arrays.length) return `no list of ${arrays.length}`;
    for (const [i, one] of arrays.entries()) {
      const wrong = await arrayWrong(given[i], one, near);
      if (wrong) return `${i} of the list: ${wrong}`;
    }
    return undefined;
  }
  if (array) return arrayWrong(given, array, near);
  if (value === null) {
    // what only Python can hold, or nothing at all
    if (type === 'IMAGE' || type === 'MASK' || type === 'BOX')
      return given === undefined ? undefined : 'something, not nothing';
    return undefined;
  }
  const plain = type === 'SEGS' ? { ...given, segs: given.segs.map(({ mask, ...seg }) => seg) } : given;
  return same(plain, value) ? undefined : `${JSON.stringify(plain)}, not ${JSON.stringify(value)}`;
}

function same(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return a === b || Math.fround(a) === Math.fround(b);
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return a === b;
  const keys = Object.keys(b);
  return keys.length === Object.keys(a).length && keys.every((key) => same(a[key], b[key]));
}

async function arrayWrong(given, { shape, data }, near) {
  if (!data.length && given === undefined) return undefined; // there are no batches of none here
  const numbers = isBatch(given) ? await given.data() : Float32Array.from(given ?? []);
  // masks on sockets of pictures have one channel here, and none there
  const channels = shape.length < 4 ? 3 : 4;
  const own = isBatch(given) ? given.shape.slice(0, given.shape[3] === 1 ? channels : 4) : [numbers.length];
  // a mask of the original may lack the batch, or have further ones and channels of 1 beside it
  const last = own.length === 3 ? Math.min(2, shape.length) : 4;
  if (own.slice(-last).join() !== shape.slice(-last).join() || numbers.length !== data.length)
    return `shape [${own}], not [${shape}]`;
  let [worst, at, many] = [0, -1, 0];
  for (let i = 0; i < data.length; i++) {
    const apart = Object.is(numbers[i], data[i]) || numbers[i] === data[i] ? 0 : Math.abs(numbers[i] - data[i]);
    if (apart <= near) continue;
    many++;
    if (apart > worst || Number.isNaN(apart)) [worst, at] = [apart, i];
  }
  if (!many) return undefined;
  return `${many} of ${data.length} differ; at ${at} ${numbers[at]}, not ${data[at]}`;
}

/** As SegsToCombinedMask makes it: the bytes of all masks in their places, or-ed. */
async function combinedWrong({ size: [height, width], segs }, { shape, data }) {
  if (shape.slice(-2).join() !== `${height},${width}`) return `size ${height}, ${width}, not ${shape}`;
  const bytes = new Uint8Array(height * width);
  for (const {
    crop_region: [x1, y1, x2, y2],
    mask,
  } of segs) {
    const own = await mask.data();
    for (let y = y1; y < y2; y++) {
      for (let x = x1; x < x2; x++)
        bytes[y * width + x] |= Math.trunc(Math.fround(own[(y - y1) * (x2 - x1) + x - x1] * 255));
    }
  }
  const wrong = bytes.findIndex((byte, i) => Math.fround(byte / 255) !== data[i]);
  return wrong < 0 ? undefined : `at ${wrong} ${bytes[wrong] / 255}, not ${data[wrong]}`;
}
