// Logits of 256 x 256 such as a model might give for sample.png, used by docs/models.md and its picture.
const SIDE = 256;

/** The ball in sample.png as a model might see it: soft, with a gap at the highlight and islands in the background. */
export function logitsOf() {
  const logits = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const [px, py] = [((x + 0.5) * 640) / SIDE, ((y + 0.5) * 420) / SIDE];
      const from = (cx, cy, r) => (r - Math.hypot(px - cx, py - cy)) / 4;
      const islands = Math.max(from(60, 60, 6), from(330, 390, 5));
      logits[y * SIDE + x] = Math.max(Math.min(from(440, 230, 101), -from(400, 180, 14)), islands);
    }
  }
  return logits;
}
