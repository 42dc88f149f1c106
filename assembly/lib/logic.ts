// What the logical joins call set: a value that does not round to 0, half to even; NaN does not.
import { Float, Int, float, int } from "./lanes";

@inline export function set(v: Float): Int { return int.not(float.le(float.abs(v), float.splat(0.5))); }
