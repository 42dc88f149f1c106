// The LayerStyle node that ends a workflow.
import { mask } from '../../inputs.js';
import { node } from '../../node.js';
import { showsMasks } from '../core/outputs.js';

export const outputs = {
  'LayerMask: MaskPreview': node({
    title: 'LayerMask: MaskPreview',
    category: '😺dzNodes/LayerMask',
    module: 'custom_nodes.ComfyUI_LayerStyle',
    ...showsMasks,
    inputs: { mask },
    outputs: [],
  }),
};
