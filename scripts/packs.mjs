// Repeats the recorded calls of nodes or packs, from the sources: `node scripts/packs.mjs [NODE|PACK …] [--all]`.
// Prints passed and failed calls of each node, and what is wrong with the first failure; `--all` prints every
// failure. CALLS names a folder with cases.json to use instead of test/packs.
import { readFileSync } from 'node:fs';
import { packedCalls, readCalls } from '../test/packs/read.mjs';
import { repeat } from '../test/packs/repeat.mjs';
import { fromSource } from './source.mjs';
import { compileKernels } from './virtual.mjs';

const wanted = process.argv.slice(2).filter((one) => one !== '--all');
const all = process.argv.includes('--all');
await compileKernels();
const { open, core, runNode } = await fromSource(
  "export { open } from './src/index.ts'; export { core, runNode } from './src/comfy/index.ts';",
);
const device = await open({ device: 'wasm', wasm: readFileSync('dist/chromask.wasm') });

const calls = process.env.CALLS ? readCalls(process.env.CALLS) : packedCalls();
const counts = new Map();
for (const call of calls) {
  const { pack, node, id } = call;
  const names = [pack, node].map((name) => name.toLowerCase());
  if (wanted.length && !wanted.some((one) => names.includes(one.toLowerCase()))) continue;
  const count = counts.get(node) ?? { pack, passed: 0, failed: [] };
  counts.set(node, count);
  if (!(await core.has(node))) continue;
  const wrong = await repeat(runNode, device, call);
  if (wrong) count.failed.push(`${id} ${JSON.stringify(call.params)}: ${wrong}`);
  else count.passed++;
}
let passed = 0;
let failures = 0;
for (const [node, count] of counts) {
  passed += count.passed;
  failures += count.failed.length;
  const state = (await core.has(node)) ? `${count.passed} passed, ${count.failed.length} failed` : 'is not here';
  console.log(`${count.pack.padEnd(12)}${node.padEnd(42)}${state}`);
  for (const line of all ? count.failed : count.failed.slice(0, 1)) console.log(`    ${line.slice(0, 400)}`);
}
console.log(`${passed} passed, ${failures} failed`);
device.close();
process.exitCode = failures ? 1 : 0;
