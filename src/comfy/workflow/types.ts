// What `runWorkflow` is given and what it gives.
import type { ImageBatch, MaskBatch } from '../../index.js';
import type { Compat } from '../node.js';
import type { Registry } from '../registry.js';
import type { Files } from './files.js';
import type { Skipped } from './state.js';

/** A node of a class we do not know, as the caller's `unsupported` sees it. */
export interface UnknownNode {
  readonly id: string;
  readonly class_type: string;
  readonly title: string;
  /** The names of its inputs. */
  readonly inputs: readonly string[];
  /** The value of one input. What it is linked to runs now, and not at all if it is not asked for. */
  input(name: string): Promise<unknown>;
  /** In the saved format, the values of its widgets: their names are the class's own. */
  readonly widgets: unknown;
  readonly signal: AbortSignal | undefined;
}

/** The node's outputs in order, or nothing where the caller cannot make them either. */
export type Unsupported = (
  node: UnknownNode,
) => readonly unknown[] | undefined | Promise<readonly unknown[] | undefined>;

export interface Progress {
  /** Nodes that have run, and how many there are in all; nodes that `unsupported` asks for come on top. */
  readonly done: number;
  readonly total: number;
  readonly id: string;
  readonly class_type: string;
  readonly title: string;
}

export interface WorkflowOptions {
  /** The pictures it names, by name: anything `device.load` takes, or pictures that are decoded already. */
  files?: Files | undefined;
  /**
   * Values and batches in the place of the workflow's own, links too: `{ '12': { image, channel: 'red' } }`. Values are checked
   * and read like those of the workflow.
   */
  inputs?: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined;
  /**
   * What nodes give, by id, in the place of running them: a model's, a host's canvas. `{ '12': mask }`, or all outputs in order:
   * `{ '12': [image, mask] }`. What only these nodes need is not made.
   */
  outputs?: Readonly<Record<string, unknown>> | undefined;
  /** Makes the outputs of nodes we do not know. */
  unsupported?: Unsupported | undefined;
  /** Run these nodes and what they need, rather than all that ends in masks or pictures. */
  only?: readonly string[] | undefined;
  /** Refuse a workflow of which something that we know cannot be made, rather than leave that out. */
  strict?: boolean | undefined;
  /** Of a picture that has both: what was on the screen, as a front end opens it, or what was run. `workflow` if left out. */
  from?: 'workflow' | 'prompt' | undefined;
  /** Which year's nodes: `comfy-2026` if left out, or `comfy-2025`. */
  compat?: Compat | undefined;
  /** Where nodes are found: `registry(core, mine)` for nodes of your own. */
  registry?: Registry | undefined;
  /** Ends the call, which then rejects with the signal's own reason. */
  signal?: AbortSignal | undefined;
  /** Called after each node. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

export interface WorkflowOutput {
  readonly id: string;
  readonly class_type: string;
  readonly title: string;
  /** The bytes that would go into the file or on the screen. */
  readonly image: ImageBatch;
  /** All of them, where the node was given a list. */
  readonly images: readonly ImageBatch[];
  /** Of a node we do not know: the input that the picture is for. */
  readonly input?: string;
  /** Of SaveImage. */
  readonly filename_prefix?: string;
}

export interface WorkflowMask {
  readonly id: string;
  readonly class_type: string;
  readonly title: string;
  /** Which of the node's outputs it is. */
  readonly slot: number;
  readonly name: string;
  readonly mask: MaskBatch;
}

/** Ids are those of the workflow; `12:5` is node 5 in the subgraph that node 12 stands for. */
export interface WorkflowResult {
  /**
   * What PreviewImage, SaveImage and MaskPreview were given, by id, and what nodes we do not know would be: where that is more
   * than one picture, the others by id and input, `9.mask`. The object has no prototype.
   */
  readonly outputs: Readonly<Record<string, WorkflowOutput>>;
  /** The masks in which it ends: those that no other node of the run reads, but for previews. In the order they were made. */
  readonly masks: readonly WorkflowMask[];
  /** The outputs of every node that ran, by id, a list as an array. The object has no prototype. */
  readonly values: Readonly<Record<string, readonly unknown[]>>;
  /** Nodes we know that did not run, and why: the rest of the workflow. */
  readonly skipped: readonly Skipped[];
}
