// The 33 x 33 x 33 nodes of L for LittleCMS, written again from its description, so that the expected answer does
// not come from chromask's code. Blue varies fastest.
const bits =
  '0 3b1e8430 3ba8f1b9 3c14c599 3c6b1d44 3caca06e 3cf06228 3d20c639 3d50650c 3d83aea0 3da2fce3 3dc640bb 3ded9bcf 3e0c971e ' +
  '3e248b5f 3e3eb96a 3e5b2f74 3e79f72f 3e8d92c7 3e9f61d7 3eb26f01 3ec6c051 3edc5ba7 3ef346be 3f05c395 3f129130 3f200ed9 ' +
  '3f2e3f2a 3f3d24b0 3f4cc1ea 3f5d1948 3f6e2d31 3f800000';

export function labNodes() {
  const linear = new Float32Array(Uint32Array.from(bits.split(' '), (hex) => Number.parseInt(hex, 16)).buffer);
  const range = 1 + 32767 / 32768;
  const nodes = new Int32Array(33 ** 3);
  for (let i = 0; i < nodes.length; i++) {
    const [r, g, b] = [Math.floor(i / 1089), Math.floor(i / 33) % 33, i % 33];
    const sum = 0.11124396756297422 * linear[r] + 0.35845800893937513 * linear[g] + 0.03030565300859931 * linear[b];
    const y = Math.fround(sum) * range;
    const f = y > (24 / 116) ** 3 ? Math.cbrt(y) : (841 / 108) * y + 16 / 116;
    const half = Math.fround((116 * f - 16) / 100) * 65535 + 0.5;
    const shift = 1.5 * 2 ** 36;
    nodes[i] = half >= 65535 ? 65535 : Math.floor(half - 32767 + shift - shift) + 32767;
  }
  return nodes;
}
