// All checks by name. They return numbers that the tests outside compare.
import { choice } from './choice.js';
import { colours } from './colours.js';
import { elements } from './elements.js';
import { evidence } from './evidence.js';
import { gpuFaults } from './faults.js';
import { graphs } from './graphs.js';
import { blending, buffers, lines, pending, shownByHosts } from './hosts.js';
import { loss, losses } from './losing.js';
import { moments } from './moments.js';
import { operations, seams } from './operations.js';
import { anyNodes, packs } from './packs.js';
import { resampled, resident } from './resident.js';
import { costs, cycles, leaks, slider } from './resources.js';
import { strict } from './strict.js';
import { tables } from './tabled.js';
import { aborts, again, soak, together } from './trust.js';
import { chains, golden, hosted, refusals, seen } from './whole.js';

export const checks = {
  evidence,
  tables,
  resident,
  resampled,
  choice,
  colours,
  operations,
  seams,
  slider,
  costs,
  leaks,
  cycles,
  loss,
  golden,
  strict,
  graphs,
  packs,
  anyNodes,
  chains,
  losses,
  moments,
  seen,
  hosted,
  blending,
  pending,
  lines,
  buffers,
  shownByHosts,
  elements,
  refusals,
  gpuFaults,
  soak,
  together,
  aborts,
  again,
};
