import { cases } from './cases.js';
import { golden } from './golden.js';

console.log(await golden(cases));
