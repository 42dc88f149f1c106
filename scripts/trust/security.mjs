import { spawnSync } from 'node:child_process';
import { tested } from './tested.mjs';

export const promise = 'what SECURITY.md says, sentence by sentence; no production dependency with a known flaw';

export async function run({ note }) {
  const tried = tested(['test/trust/security'], note);
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' });
  const { metadata } = JSON.parse(stdout || '{}');
  if (!metadata) console.log('npm audit: the registry does not answer, nothing was learnt');
  else if (metadata.vulnerabilities.total) note(`npm audit: ${JSON.stringify(metadata.vulnerabilities)}`);
  return tried + (metadata ? 1 : 0);
}
