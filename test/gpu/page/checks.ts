// Every check by its name. They answer with numbers that the tests outside compare.
import { colours } from './colours.js';
import { operations, seams } from './operations.js';
import { cycles, leaks, loss, slider } from './resources.js';
import { chains, elements, golden, hosted, losses, refusals, seen } from './whole.js';

export const checks = {
  colours,
  operations,
  seams,
  slider,
  leaks,
  cycles,
  loss,
  golden,
  chains,
  losses,
  seen,
  hosted,
  elements,
  refusals,
};
