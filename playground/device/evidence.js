// What other programs gave: hashes of every colour's channels, and recorded calls of the real nodes with what they answered.

/** Reads a packed record, gives its cases one after another: arrays are unpacked for each, so that few are held at a time. */
export function cases({ arrays, cases }, bytes) {
  const unpacked = (group) => Object.fromEntries(Object.entries(group).map(([name, index]) => [name, array(index)]));
  function array(index) {
    const { kind, shape, at, bytes: length } = arrays[index];
    const raw = bytes.slice(at, at + length);
    if (kind === 'unit') return { shape, data: Float32Array.from(raw, (byte) => byte / 255) };
    return { shape, data: kind === 'floats' ? new Float32Array(raw.buffer) : raw };
  }
  return cases.map((one) => ({
    ...one,
    get inputs() {
      return unpacked(one.inputs);
    },
    get outputs() {
      return unpacked(one.outputs);
    },
  }));
}

/** The same from where this file was served. */
export async function fetched() {
  const part = async (name) => {
    const { ok, status, body } = await fetch(new URL(`evidence/${name}`, import.meta.url));
    if (!ok) throw new Error(`the recorded calls are not here (${status}): ${name}`);
    return new Response(body.pipeThrough(new DecompressionStream('gzip')));
  };
  const [index, bytes, colours] = await Promise.all([
    part('calls.json.gz').then((one) => one.json()),
    part('calls.bin.gz').then((one) => one.arrayBuffer()),
    part('colours.json.gz').then((one) => one.json()),
  ]);
  return { calls: cases(index, new Uint8Array(bytes)), colours };
}
