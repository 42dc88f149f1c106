// The lightness of every picture of a folder, by n processes of sharp. Arguments: n, from, to.
import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const [n, from, to, part] = process.argv.slice(2);
if (Number(n) > 1 && part === undefined) {
  const ends = Array.from({ length: Number(n) }, (_, i) => {
    const child = fork(fileURLToPath(import.meta.url), [n, from, to, String(i)]);
    return new Promise((done) => child.on('exit', done));
  });
  process.exitCode = Math.max(...(await Promise.all(ends)));
} else {
  sharp.concurrency(1);
  sharp.cache(false);
  const names = readdirSync(from).filter((_, i) => part === undefined || i % Number(n) === Number(part));
  for (const name of names) {
    await sharp(join(from, name))
      .toColourspace('lab')
      .extractChannel(0)
      .toColourspace('b-w')
      .png()
      .toFile(join(to, `${parse(name).name}.png`));
  }
}
