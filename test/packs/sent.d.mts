import type { Call } from './read.mjs';

export function sent(value: unknown): unknown;
export function received(value: unknown): unknown;
export function smallest(calls: readonly Call[]): Call[];
