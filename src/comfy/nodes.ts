// All nodes by the class names that workflows use.
import type { Inputs, Node } from './node.js';
import { sources } from './sources.js';

export const nodes: Readonly<Record<string, Node<Inputs>>> = { ...sources } as never;
