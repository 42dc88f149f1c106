// The nodes of the Impact pack.

export const nodes = {};
