// What counts as set for the logical joins: a value that does not round to 0, half to even. NaN does not count.
import { Float, Int, float, int } from "./lanes";

@inline export function set(v: Float): Int { return int.not(float.le(float.abs(v), float.splat(0.5))); }
