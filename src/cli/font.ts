// Letters of five by seven dots, as far as labels need them; anything else is a box.

export const GLYPH = { width: 5, height: 7 } as const;

/** Rows from the top, five bits each, two hexadecimal digits a row. */
const dots: Readonly<Record<string, string>> = {
  A: '0e11111f111111',
  B: '1e11111e11111e',
  C: '0e11101010110e',
  D: '1e11111111111e',
  E: '1f10101e10101f',
  F: '1f10101e101010',
  G: '0e11101711110f',
  H: '1111111f111111',
  L: '1010101010101f',
  R: '1e11111e141211',
  S: '0f10100e01011e',
  U: '1111111111110e',
  V: '111111110a0a04',
  Y: '11110a04040404',
  a: '00000e010f110f',
  b: '10101e1111111e',
  c: '00000e1010110e',
  d: '01010f1111110f',
  e: '00000e111f100e',
  f: '0609081c080808',
  g: '000f11110f010e',
  h: '10101e11111111',
  i: '04000c0404040e',
  l: '0c04040404040e',
  m: '00001a15151515',
  n: '00001e11111111',
  o: '00000e1111110e',
  p: '00001e11111e10',
  r: '00001619101010',
  t: '08081c0808090e',
  u: '0000111111130d',
  w: '0000111115150a',
  '(': '02040808080402',
  ')': '08040202020408',
  '#': '0a0a1f0a1f0a0a',
  '.': '0000000000000c',
  '0': '0e11131519110e',
  '1': '040c040404040e',
  '2': '0e11010204081f',
  '3': '1f02040201110e',
  '4': '02060a121f0202',
  '5': '1f101e0101110e',
  '6': '0608101e11110e',
  '7': '1f010204080808',
  '8': '0e11110e11110e',
  '9': '0e11110f01020c',
};
const box = '1f11111111111f';

export function glyph(letter: string): number[] {
  const rows = Object.hasOwn(dots, letter) ? dots[letter] : box;
  return Array.from({ length: GLYPH.height }, (_, y) => Number.parseInt(rows.slice(y * 2, y * 2 + 2), 16));
}
