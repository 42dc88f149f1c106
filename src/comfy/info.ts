// `objectInfo()`: what a server's /object_info answers for these nodes, from the nodes themselves.
import { refusal } from '../errors.js';
import { checkOptions } from '../params.js';
import type { Input } from './inputs.js';
import type { Inputs, Node } from './node.js';
import { nodes } from './nodes.js';

/** A type and its widget's facts, or the options and theirs. */
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
}

export interface ObjectInfoOptions {
  /** Names of the picture files a front end may offer in LoadImage and LoadImageMask. */
  files?: readonly string[] | undefined;
}

/** Every node by its class name, as a ComfyUI server describes it. */
export function objectInfo(options: ObjectInfoOptions = {}): Record<string, NodeInfo> {
  checkOptions('objectInfo', options, 'files');
  const { files = [] } = options;
  if (!Array.isArray(files)) throw refusal('objectInfo', 'files', 'a list of names', files);
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, infoOf(name, node, files)]));
}

function infoOf(name: string, node: Node<Inputs>, files: readonly string[]): NodeInfo {
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
    output_is_list: node.outputs.map(() => false),
    output_name: node.outputs.map(([, name]) => name),
    name,
    display_name: node.title,
    description: node.about,
    python_module: node.module,
    category: node.category,
    output_node: node.ends === true,
  };
}

const isOptional = (input: Input): boolean => 'optional' in input && input.optional === true;

function inputInfo(input: Input, files: readonly string[]): InputInfo {
  switch (input.type) {
    case 'IMAGE':
    case 'MASK':
    case 'LATENT':
      return [input.type];
    case 'FILE':
      return [[...files], { image_upload: true }];
    case 'COMBO': {
      const options = [...input.options];
      return input.default === undefined ? [options] : [options, { default: input.default }];
    }
    default: {
      const { type, ...facts } = input;
      return [type, facts];
    }
  }
}
