// `objectInfo()`: what a server's /object_info would answer for these nodes.
import { refusal } from '../base/errors.js';
import { checkOptions } from '../base/params.js';
import { core } from './core.js';
import { type Input, isLazy, isOptional, typeOf } from './inputs.js';
import type { Node } from './node.js';
import { checkRegistry, type Registry } from './registry.js';
import { isSocket } from './sockets.js';

/** A type or a list of options, and facts about the widget. */
export type InputInfo = readonly [type: string | readonly string[], facts?: Readonly<Record<string, unknown>>];

export interface NodeInfo {
  input: { required: Record<string, InputInfo>; optional?: Record<string, InputInfo> };
  input_order: { required: string[]; optional?: string[] };
  output: string[];
  output_is_list: boolean[];
  output_name: string[];
  name: string;
  display_name: string;
  description: string;
  python_module: string;
  category: string;
  output_node: boolean;
  /** Set for a node that takes whole lists. */
  input_is_list?: true;
}

export interface ObjectInfoOptions {
  /** Only the nodes of this pack. */
  pack?: string | undefined;
  /** Other nodes than chromask's own. */
  registry?: Registry | undefined;
  /** Names of the picture files that a front end may offer in LoadImage and LoadImageMask. */
  files?: readonly string[] | undefined;
}

/** Every node by its class name, or those of one pack, as a ComfyUI server describes them. */
export async function objectInfo(options: ObjectInfoOptions = {}): Promise<Record<string, NodeInfo>> {
  checkOptions('objectInfo', options, 'files pack registry');
  const { files = [], pack, registry = core } = options;
  if (!Array.isArray(files)) throw refusal('objectInfo', 'files', 'a list of names', files);
  checkRegistry('objectInfo', registry);
  const names = [...files];
  const nodes = await registry.nodes(pack);
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, infoOf(name, node, names)]));
}

function infoOf(name: string, node: Node, files: readonly string[]): NodeInfo {
  const all = Object.entries(node.inputs);
  const required = all.filter(([, input]) => !isOptional(input));
  const optional = all.filter(([, input]) => isOptional(input));
  const described = (inputs: [string, Input][]): Record<string, InputInfo> =>
    Object.fromEntries(inputs.map(([name, input]) => [name, inputInfo(input, files)]));
  const names = (inputs: [string, Input][]): string[] => inputs.map(([name]) => name);
  return {
    input: { required: described(required), ...(optional.length ? { optional: described(optional) } : {}) },
    input_order: { required: names(required), ...(optional.length ? { optional: names(optional) } : {}) },
    output: node.outputs.map(([type]) => type),
    output_is_list: node.outputs.map(([, , list]) => list === 'list'),
    output_name: node.outputs.map(([, name]) => name),
    name,
    display_name: node.title,
    description: node.about,
    python_module: node.module,
    category: node.category,
    output_node: node.ends === true,
    ...(node.takesLists ? { input_is_list: true as const } : {}),
  };
}

function inputInfo(input: Input, files: readonly string[]): InputInfo {
  if (isSocket(input.type)) return isLazy(input) ? [typeOf(input), { lazy: true }] : [typeOf(input)];
  switch (input.type) {
    case 'FILE':
      if (input.as) return [input.as, { default: '' }];
      return [[...files], { image_upload: true }];
    case 'COMBO': {
      const options = [...input.options];
      return input.default === undefined ? [options] : [options, { default: input.default }];
    }
    default: {
      const { type, ...facts } = input;
      const { optional: _, takes: __, ...shown } = { optional: undefined, takes: undefined, ...facts };
      return [type, shown];
    }
  }
}
