// Logits as a model might give them for sample.png, of 256 x 256: what docs/models.md and its picture begin with.
const SIDE = 256;

/** What a model might say of the ball in sample.png: soft, with a gap where the light is and islands in the background. */
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
