import { resolve } from 'node:path';

export default { mode: 'production', entry: './index.js', output: { path: resolve('out'), filename: 'index.js' } };
