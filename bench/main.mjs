// `npm run bench`: installs the peers, builds chromask, and runs. `npm run bench -- show` measures what is shown in
// a browser.
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const show = process.argv.includes('show');
if (!show && !existsSync(`${here}node_modules`)) execSync('npm ci', { cwd: here, stdio: 'inherit' });
if (!existsSync(`${here}../dist/chromask.js`)) execSync('npm run build', { cwd: `${here}..`, stdio: 'inherit' });
await import(show ? './show/main.mjs' : './run.mjs');
