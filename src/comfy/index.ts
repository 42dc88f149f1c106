// `chromask/comfy`: the nodes by their own names, on the public face alone.
export { type InputInfo, type NodeInfo, type ObjectInfoOptions, objectInfo } from './info.js';
export type { Input, Latent, Shaped, Socket } from './inputs.js';
export type { Call, Compat, Given, Inputs, Node, Output, Outputs, Sockets, Taken } from './node.js';
export { type NodeInputs, type NodeOutputs, nodes } from './nodes.js';
export { type NodeArguments, type NodeOptions, runNode } from './run.js';
export type { Files } from './workflow/files.js';
export { type PictureWorkflow, workflowOf } from './workflow/picture.js';
export type { Skipped } from './workflow/plan.js';
export { type Problem, type ProblemType, WorkflowError } from './workflow/problem.js';
export { runRecipe, type WorkflowRecipeOptions, workflowRecipe } from './workflow/recipe.js';
export { runWorkflow } from './workflow/run.js';
export type {
  Progress,
  UnknownNode,
  Unsupported,
  WorkflowMask,
  WorkflowOptions,
  WorkflowOutput,
  WorkflowResult,
} from './workflow/types.js';
