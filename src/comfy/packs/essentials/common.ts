// Shared by the nodes of essentials.
export const essentials = {
  category: 'essentials/mask',
  module: 'custom_nodes.ComfyUI_essentials',
  outputs: [['MASK', 'MASK']],
} as const;

/** Sizes of kernels are odd. Even ones are increased by one. */
export const odd = (size: number): number => size + 1 - (size % 2);
