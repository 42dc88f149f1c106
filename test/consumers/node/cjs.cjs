const { open } = require('chromask');
const { runNode } = require('chromask/comfy');
const { readFileSync } = require('node:fs');

// the shared text, as a CommonJS module would have it
const text = readFileSync('golden.js', 'utf8')
  .replace(/^import.*$/gm, '')
  .replace('export async', 'return async');
const golden = new Function('open', 'runNode', text)(open, runNode);
import('./cases.js').then(({ cases }) => golden(cases)).then(console.log);
