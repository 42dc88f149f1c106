// Golden files: a result is compared with a PNG file that was looked at once and kept. UPDATE in the environment writes it anew.

import { ChromaskError, refusal } from '../base/errors.js';
import { builtin } from '../base/node.js';
import { MaskBatch } from '../index.js';
import { decode } from '../png/index.js';
import { isMade, type Made, type ToleranceOptions, unequal } from './compare.js';

interface Files {
  readFile(path: string): Promise<Uint8Array<ArrayBuffer>>;
  writeFile(path: string, data: Uint8Array): Promise<void>;
  mkdir(path: string, options: { recursive: true }): Promise<unknown>;
}

/**
 * Compare one mask or image with the PNG file at `path`, as bytes. Where UPDATE is set (`UPDATE=1 npx vitest`) the file is written
 * instead; a file that is not there is a failure, so that nothing passes unseen.
 */
export async function expectGolden(made: Made, path: string, options?: ToleranceOptions): Promise<void> {
  if (!isMade(made)) throw refusal('expectGolden', 'made', 'a mask or an image', made);
  if (made.shape[0] !== 1)
    throw refusal('expectGolden', 'made', 'one picture; at(i) takes one of a batch', made.shape[0]);
  if (typeof path !== 'string' || !path) throw refusal('expectGolden', 'path', 'the path of a PNG file', path);
  const files = await builtin<Files>('node:fs/promises');
  if (!files) throw new ChromaskError('unsupported', 'expectGolden: files are read in Node, and this is not Node');
  const bytes = made.as('uint8') as Made;
  if (wanted('UPDATE')) {
    const folder = path.replace(/[^/\\]*$/, '');
    if (folder) await files.mkdir(folder, { recursive: true });
    return files.writeFile(path, await bytes.toPng());
  }
  const file = await files.readFile(path).catch((cause: unknown) => {
    throw new ChromaskError('missing', `expectGolden: there is no ${path}; UPDATE=1 writes it`, { cause });
  });
  const { data, width, height } = await decode(file, { format: 'rgba8' });
  const channels = bytes.shape[3] ?? 1;
  const kept = new Uint8Array(width * height * channels);
  for (let i = 0; i < kept.length; i++) kept[i] = data[Math.floor(i / channels) * 4 + (i % channels)];
  const shape = [1, height, width, ...(bytes instanceof MaskBatch ? [] : [channels])];
  const why = await unequal('expectGolden', bytes, { data: kept, shape }, options);
  if (why) throw new Error(`${path}: ${why}`);
}

const wanted = (name: string): boolean =>
  Boolean((globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[name]);
