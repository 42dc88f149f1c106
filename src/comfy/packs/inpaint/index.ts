// The nodes of the inpaint nodes (Acly).

export const nodes = {};
