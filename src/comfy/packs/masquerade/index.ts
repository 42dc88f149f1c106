// The nodes of masquerade.

export const nodes = {};
