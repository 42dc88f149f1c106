// The inpaint nodes (Acly).
import { masksOf } from './masks.js';
import { picturesOf } from './pictures.js';

export const nodes = { ...masksOf, ...picturesOf };
