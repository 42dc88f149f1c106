// Shared by the KJNodes.
export const kj = { category: 'KJNodes/masking', module: 'custom_nodes.ComfyUI-KJNodes' } as const;

/** Two outputs: the mask, and 1 less the mask. */
export const both = [
  ['MASK', 'mask'],
  ['MASK', 'mask_inverted'],
] as const;
