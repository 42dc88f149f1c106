// `chromask/comfy`: ComfyUI's nodes by their own names, written with the public API alone.
export { core } from './core.js';
export type { InputInfo, NodeInfo, ObjectInfoOptions } from './info.js';
export type { Input } from './inputs.js';
export { missingNodes, objectInfo, runNode, runRecipe, runWorkflow, workflowOf, workflowRecipe } from './lazy.js';
export {
  type Call,
  type Compat,
  type Given,
  type GivenLists,
  type Inputs,
  type Node,
  node,
  type Output,
  type Outputs,
  type Sockets,
  type Taken,
} from './node.js';
export { type NodeInputs, type NodeOutputs, type NodesOptions, nodes } from './nodes.js';
export { type Pack, pack, type Registry, registry, type Table } from './registry.js';
export type { NodeArguments, NodeOptions } from './run.js';
export type {
  Box,
  CropData,
  Latent,
  Seg,
  Segs,
  Shaped,
  Socket,
  SocketValues,
  Stitch,
  Stitcher,
  StitchPicture,
} from './sockets.js';
export type { Files } from './workflow/files.js';
export type { MissingNode, MissingOptions } from './workflow/missing.js';
export type { PictureWorkflow } from './workflow/picture.js';
export { type Problem, type ProblemType, WorkflowError } from './workflow/problem.js';
export type { WorkflowRecipeOptions } from './workflow/recipe.js';
export type { Skipped } from './workflow/state.js';
export type {
  Progress,
  UnknownNode,
  Unsupported,
  WorkflowMask,
  WorkflowOptions,
  WorkflowOutput,
  WorkflowResult,
} from './workflow/types.js';
