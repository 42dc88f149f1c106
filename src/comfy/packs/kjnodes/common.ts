// What the KJNodes have in common.
export const kj = { category: 'KJNodes/masking', module: 'custom_nodes.ComfyUI-KJNodes' } as const;

/** The mask and what is left of 1, as two outputs. */
export const both = [
  ['MASK', 'mask'],
  ['MASK', 'mask_inverted'],
] as const;
