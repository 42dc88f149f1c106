// `chromask/comfy`: the nodes by their own names, on the public face alone.
export type { Latent } from './inputs.js';
export type { Compat, Output } from './node.js';
export { nodes } from './nodes.js';
export { type NodeOptions, runNode } from './run.js';
