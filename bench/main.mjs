// `npm run bench`: installs what we are measured against, builds what is measured, and runs.
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
if (!existsSync(`${here}node_modules`)) execSync('npm ci', { cwd: here, stdio: 'inherit' });
if (!existsSync(`${here}../dist/chromask.js`)) execSync('npm run build', { cwd: `${here}..`, stdio: 'inherit' });
await import('./run.mjs');
