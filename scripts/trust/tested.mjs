// Promises that test files check: runs the files and counts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How many tests ran. Records those that failed, and those that cannot run here. */
export function tested(files, note) {
  const folder = mkdtempSync(join(tmpdir(), 'chromask-trust-'));
  const report = join(folder, 'report.json');
  const how = ['vitest', 'run', '--reporter=json', `--outputFile=${report}`];
  const { stderr } = spawnSync('npx', [...how, ...files], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(folder, { recursive: true });
  const all = testResults.flatMap(({ assertionResults }) => assertionResults);
  for (const { message, name, assertionResults } of testResults)
    if (message && !assertionResults.length) note(`${name}: ${message.slice(0, 500)}`);
  for (const { status, fullName, failureMessages } of all)
    if (status === 'failed') note(`${fullName}: ${String(failureMessages[0] ?? stderr).slice(0, 500)}`);
  const left = all.filter(({ status }) => status === 'pending').map(({ fullName }) => fullName);
  if (left.length) console.log(`not tried here: ${left.join('; ')}`);
  return all.length - left.length;
}
