// Decodes damaged PNGs for some minutes, or a number of files: npm run fuzz -- --minutes 5 (or --files 20000)
// [--seed 1]. A hang of over a second, an untyped error, a write outside a slot or leaked memory ends it; it then
// prints the seed and the number of the mutation, and saves the file.
import { writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const value = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const minutes = value('--minutes', 1);
const most = value('--files', Infinity);
let seed = value('--seed', Date.now() % 2 ** 31);

await build({
  stdin: {
    contents: `export { decode } from './src/png/index.ts'; export { guarded, roomOf } from './test/png/guard.ts'; export { mutator } from './test/png/mutate.ts';`,
    resolveDir: process.cwd(),
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  external: ['upng-js', 'virtual:*'],
  outfile: 'build/fuzz.mjs',
  logLevel: 'error',
});
const { decode, guarded, mutator, roomOf } = await import(new URL('../build/fuzz.mjs', import.meta.url));
const room = guarded(await roomOf('simd'));
async function again(bytes, format) {
  const start = performance.now();
  await decode(bytes, { room, format, limits: { pixels: 1e6 } }).catch(() => {});
  return performance.now() - start;
}

const stop = most < Infinity ? Infinity : performance.now() + minutes * 60000,
  formats = ['native', 'rgba8', 'rgba16'];
let files = 0,
  decoded = 0,
  worst = 0;
while (performance.now() < stop && files < most) {
  const next = mutator(seed);
  for (let i = 0; i < 10000; i++) {
    const bytes = next(),
      start = performance.now();
    let wrong;
    try {
      await decode(bytes, { room, format: formats[i % 3], limits: { pixels: 1e6 } });
      decoded++;
    } catch (error) {
      if (error?.name !== 'ChromaskError' || error.code === 'missing') wrong = error;
    }
    const ms = performance.now() - start;
    worst = Math.max(worst, ms);
    // a busy machine may stop this process for a moment, so a slow file must be slow twice
    if (ms > 1000 && !wrong && (await again(bytes, formats[i % 3])) > 1000)
      wrong = new Error(`took ${ms.toFixed()} ms`);
    if (room.arena.held) wrong = new Error(`${room.arena.held} slots were not given back`);
    if (wrong) {
      writeFileSync(`build/fuzz-${seed}-${i}.png`, bytes);
      console.error(`seed ${seed}, mutation ${i}, saved in build/`, wrong);
      process.exit(1);
    }
    files++;
  }
  seed++;
}
console.log(
  `${files} files, ${decoded} decoded, the slowest ${worst.toFixed(1)} ms, kernel memory ${room.kernels.memory.buffer.byteLength >> 20} MB, process ${process.memoryUsage().rss >> 20} MB`,
);
