import type { Device } from '../../src/index.js';
import type { Call } from './read.mjs';

export function repeat(
  runNode: (device: never, name: string, inputs: Record<string, unknown>) => Promise<readonly unknown[]>,
  device: Device,
  call: Call,
): Promise<string | undefined>;
