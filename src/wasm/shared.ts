// Kernels over memory that threads share: the same binary with its memory import declared as shared.

const MEMORY = 2;
const IMPORTS = 2;
/** The flag for limits with a maximum, shared. */
const SHARED = 3;
const PAGES = 65536;

/** The binary with `env.memory` shared. The code does not change. */
export function sharing(source: BufferSource): Uint8Array<ArrayBuffer> {
  const binary = ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
  let at = 8;
  while (at < binary.length) {
    const id = binary[at];
    const [size, body] = number(binary, at + 1);
    if (id === IMPORTS) {
      const section = shared(binary.subarray(body, body + size));
      return joined([binary.subarray(0, at + 1), lettered(section.length), section, binary.subarray(body + size)]);
    }
    at = body + size;
  }
  throw new Error('a binary that imports no memory');
}

/** Marks the memory as shared; it is the kernels' only import. */
function shared(section: Uint8Array): Uint8Array {
  let [, at] = number(section, 0);
  for (let name = 0; name < 2; name++) {
    const [length, text] = number(section, at);
    at = text + length;
  }
  if (section[at] !== MEMORY) throw new Error('a binary that does not import its memory first');
  const [least, end] = number(section, at + 2);
  const rest = section[at + 1] & 1 ? number(section, end)[1] : end;
  const limits = [Uint8Array.of(SHARED), lettered(least), lettered(PAGES)];
  return joined([section.subarray(0, at + 1), ...limits, section.subarray(rest)]);
}

/** An unsigned LEB128 number, and where it ends. */
function number(bytes: Uint8Array, at: number): [value: number, end: number] {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++];
    value |= (byte & 127) << shift;
    if (byte < 128) return [value, at];
  }
}

function lettered(value: number): Uint8Array {
  const bytes: number[] = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return Uint8Array.from([...bytes, value]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => {
    whole.set(part, at);
    return at + part.length;
  }, 0);
  return whole;
}
