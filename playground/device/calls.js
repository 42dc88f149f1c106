// Recorded calls of the real nodes of ComfyUI, repeated here: every number of every answer has to be the recorded one, bit for bit.

/** The classes in workflows behind the names of the record. */
const CLASSES = {
  'was.ImageToMask': 'Image to Latent Mask',
  'layer.ImageToMask': 'LayerMask: ImageToMask',
  'inspire.ColorMapToMasks': 'ColorMapToMasks __Inspire',
};

/** `step(done, total)` is awaited after each call. */
export async function calls(device, runNode, all, step) {
  let failed = 0;
  let first;
  for (const [i, one] of all.entries()) {
    const found = await differing(device, runNode, one).catch((error) => `it failed: ${error.message}`);
    if (found) {
      failed++;
      first ??= `${one.id} ${one.node} ${JSON.stringify(one.params)}: ${found}`;
    }
    await step(i + 1, all.length);
  }
  return { tried: all.length, failed, ...(first && { first }) };
}

async function differing(device, runNode, one) {
  const { file, ...arrays } = one.inputs;
  const given = await runNode(
    device,
    CLASSES[one.node] ?? one.node.replace(/^core\./, ''),
    file ? { image: file.data } : { ...one.params, ...arrays },
  );
  try {
    // `colors` and `rgba` are the record's own
    const outputs = Object.entries(one.outputs).filter(([name]) => name !== 'colors' && name !== 'rgba');
    if (given.length !== outputs.length) return `it gave ${given.length} outputs, not ${outputs.length}`;
    // an alpha of another size is promised within 1e-6 of torch
    const near = one.note?.includes('of other size') ? 1e-6 : 0;
    for (const [i, [name, { data }]] of outputs.entries()) {
      const found = apart(await given[i].data(), data, near);
      if (found) return `${name} ${found}`;
    }
  } finally {
    for (const batch of given) batch.dispose();
  }
  return undefined;
}

function apart(got, wanted, near) {
  if (got.length !== wanted.length) return `has ${got.length} numbers, not ${wanted.length}`;
  for (let i = 0; i < got.length; i++) {
    // -0 is not 0
    if (Object.is(got[i], wanted[i]) || (near && Math.abs(got[i] - wanted[i]) <= near)) continue;
    return `at ${i} is ${got[i]}, not ${wanted[i]}`;
  }
  return undefined;
}
