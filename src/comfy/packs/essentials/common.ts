// What the nodes of essentials have in common.
export const essentials = {
  category: 'essentials/mask',
  module: 'custom_nodes.ComfyUI_essentials',
  outputs: [['MASK', 'MASK']],
} as const;

/** Sizes of kernels are odd: the next one. */
export const odd = (size: number): number => size + 1 - (size % 2);
