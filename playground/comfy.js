// The nodes, for drawing graphs of them.
export { nodes } from '../dist/comfy.js';
