// The options and results of `runWorkflow`.
import type { ImageBatch, MaskBatch } from '../../index.js';
import type { Compat } from '../node.js';
import type { Registry } from '../registry.js';
import type { Files } from './files.js';
import type { Skipped } from './state.js';

/** A node of an unknown class, as the caller's `unsupported` receives it. */
export interface UnknownNode {
  readonly id: string;
  readonly class_type: string;
  readonly title: string;
  /** The names of its inputs. */
  readonly inputs: readonly string[];
  /** The value of one input. What it is linked to runs only when this is called. */
  input(name: string): Promise<unknown>;
  /** In the saved format, the values of its widgets, whose names only the class knows. */
  readonly widgets: unknown;
  readonly signal: AbortSignal | undefined;
}

/** Returns the node's outputs in order, or nothing if the caller cannot make them. */
export type Unsupported = (
  node: UnknownNode,
) => readonly unknown[] | undefined | Promise<readonly unknown[] | undefined>;

export interface Progress {
  /** How many nodes have run, of how many. Nodes that run only because `unsupported` asks for them are not counted. */
  readonly done: number;
  readonly total: number;
  readonly id: string;
  readonly class_type: string;
  readonly title: string;
}

export interface WorkflowOptions {
  /** The pictures that the workflow names, by name: anything `device.load` takes, or decoded pictures. */
  files?: Files | undefined;
  /**
   * Values and batches in place of the workflow's own values or links: `{ '12': { image, channel: 'red' } }`. Values
   * are checked and parsed like those in the workflow.
   */
  inputs?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
  /**
   * Outputs of nodes, by id, that then do not run: from a model, or from a host's canvas. `{ '12': mask }`, or all
   * outputs in order: `{ '12': [image, mask] }`. Nodes that only these need do not run either.
   */
  outputs?: Readonly<Record<string, unknown>> | undefined;
  /** Makes the outputs of nodes of unknown classes. */
  unsupported?: Unsupported | undefined;
  /** Run only these nodes and what they need, instead of everything that ends in masks or pictures. */
  only?: readonly string[] | undefined;
  /** Reject if a known node cannot run, instead of leaving it out. */
  strict?: boolean | undefined;
  /** Which to use if a picture has both: what was on screen (`workflow`, the default) or what was run (`prompt`). */
  from?: 'workflow' | 'prompt' | undefined;
  /** Which year's behaviour: `comfy-2026` by default, or `comfy-2025`. */
  compat?: Compat | undefined;
  /** Where to look for nodes: `registry(core, mine)` for nodes of your own. */
  registry?: Registry | undefined;
  /** Cancels the call, which then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Called after each node. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

export interface WorkflowOutput {
  readonly id: string;
  readonly class_type: string;
  readonly title: string;
  /** The bytes that would be saved or shown. */
  readonly image: ImageBatch;
  /** All pictures, if the node received a list. */
  readonly images: readonly ImageBatch[];
  /** For an unknown node: the input that the picture is for. */
  readonly input?: string;
  /** For SaveImage. */
  readonly filename_prefix?: string;
}

export interface WorkflowMask {
  readonly id: string;
  readonly class_type: string;
  readonly title: string;
  /** The index of the node's output. */
  readonly slot: number;
  readonly name: string;
  readonly mask: MaskBatch;
}

/** Ids are those of the workflow. `12:5` is node 5 in the subgraph that node 12 stands for. */
export interface WorkflowResult {
  /**
   * The pictures that PreviewImage, SaveImage and MaskPreview received, by id, and those that unknown nodes would
   * receive. Further pictures of one unknown node are listed by id and input, `9.mask`. The object has no prototype.
   */
  readonly outputs: Readonly<Record<string, WorkflowOutput>>;
  /** The masks that no other node of the run reads, except to preview them, in the order in which they were made. */
  readonly masks: readonly WorkflowMask[];
  /** The outputs of every node that ran, by id, with lists as arrays. The object has no prototype. */
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  /** The nodes of known classes that did not run, and why. */
  readonly skipped: readonly Skipped[];
}
