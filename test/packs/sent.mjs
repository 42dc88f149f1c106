// Recorded calls as JSON, for a page that repeats them. Nothing here needs Node.

/** With every array as text. */
export const sent = (value) => {
  if (value?.data instanceof Float32Array) {
    const bytes = new Uint8Array(value.data.buffer, value.data.byteOffset, value.data.byteLength);
    let text = '';
    for (let i = 0; i < bytes.length; i += 4096) text += String.fromCharCode(...bytes.subarray(i, i + 4096));
    return { shape: value.shape, base64: btoa(text) };
  }
  return within(value, sent);
};

/** And back. */
export const received = (value) => {
  if (typeof value?.base64 === 'string') {
    const bytes = Uint8Array.from(atob(value.base64), (sign) => sign.charCodeAt(0));
    return { shape: value.shape, data: new Float32Array(bytes.buffer) };
  }
  return within(value, received);
};

function within(value, change) {
  if (Array.isArray(value)) return value.map(change);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, change(one)]));
}

/** The smallest call of each node. */
export function smallest(calls) {
  const size = ({ inputs }) =>
    Object.values(inputs)
      .flat()
      .reduce((sum, { data }) => sum + data.length, 0);
  const found = new Map();
  for (const call of calls) {
    const before = found.get(call.node);
    if (!before || size(call) < size(before)) found.set(call.node, call);
  }
  return [...found.values()];
}
