// The nodes of KJNodes.

export const nodes = {};
