// A picture's author must not be able to choose which colours share a place in the tables: each device has a mixer of its own.
import { mixBy } from "./lib/color";

export function stir(random: u32): void { mixBy(random); }
