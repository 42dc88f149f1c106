// Sets the hash's multiplier. Each device has its own, so that a picture cannot be built to make its colours collide.
import { mixBy } from "./lib/color";

export function stir(random: u32): void { mixBy(random); }
