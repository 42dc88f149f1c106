// `npm run bench`: installs what we are measured against, builds what is measured, and runs. `npm run bench -- show` measures what
// people see, in a browser.
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const show = process.argv.includes('show');
if (!show && !existsSync(`${here}node_modules`)) execSync('npm ci', { cwd: here, stdio: 'inherit' });
if (!existsSync(`${here}../dist/chromask.js`)) execSync('npm run build', { cwd: `${here}..`, stdio: 'inherit' });
await import(show ? './show/main.mjs' : './run.mjs');
