// The nodes of ComfyUI essentials.

export const nodes = {};
