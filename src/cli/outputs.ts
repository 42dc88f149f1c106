// What a workflow gives, as files: each mask and picture under a name of its own.
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ImageBatch, MaskBatch } from 'chromask';
import type { WorkflowResult } from 'chromask/comfy';
import { exists, same, sweep, writeWhole } from '../outputs/files.js';
import { places } from '../outputs/places.js';
import { existing } from './job.js';

interface Written {
  id: string;
  node: string;
  file: string;
}

interface Output extends Written {
  batch: ImageBatch | MaskBatch;
  b: number;
}

/** `stem.12.mask.png`, …; all names are looked at before the first is written. `read` are files that stay as they are. */
export async function writeAll(
  result: WorkflowResult,
  stem: string,
  { force, read }: { force: boolean; read: readonly string[] },
): Promise<Written[]> {
  const outputs = outputsOf(result, stem);
  const files = new Set<string>();
  const at = places();
  for (const { file } of outputs) {
    const place = await at.of(file);
    if (files.has(place)) throw new Error(`two outputs would both write ${file}`);
    files.add(place);
    for (const one of read) {
      if (await same(file, one)) throw new Error(`${file} is read by this run; choose another --out`);
    }
    if (!force && (await exists(file))) throw existing(file);
  }
  await mkdir(dirname(stem), { recursive: true });
  await sweep(dirname(stem));
  for (const { file, batch, b } of outputs) {
    await writeWhole(file, await batch.at(b).toPng(), force).catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'EEXIST' ? existing(file) : error;
    });
  }
  return outputs.map(({ id, node, file }) => ({ id, node, file }));
}

function outputsOf({ masks, outputs }: WorkflowResult, stem: string): Output[] {
  const images = Object.values(outputs);
  const names = partsOf([...masks, ...images].map(({ id }) => id));
  const found: Output[] = [];
  const add = (id: string, node: string, suffix: string, batch: Output['batch']): void => {
    const count = batch.shape[0];
    for (let b = 0; b < count; b++) {
      const file = `${stem}.${names.get(id)}${suffix}${count > 1 ? `.${b}` : ''}.png`;
      found.push({ id, node, file, batch, b });
    }
  };
  for (const { id, class_type, slot, mask } of masks) add(id, class_type, `.mask${slot || ''}`, mask);
  for (const { id, class_type, image } of images) add(id, class_type, '', image);
  return found;
}

/**
 * Ids are the workflow's own words: they name a file in the folder, never a path out of it. Where two would give one name, only
 * the id that is the name keeps it; the others get letters that follow from the id.
 */
function partsOf(ids: readonly string[]): Map<string, string> {
  const plain = (id: string): string => id.replace(/[^\w-]/g, '_');
  // some disks do not tell A from a
  const key = (id: string): string => plain(id).toLowerCase();
  const hash = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 8);
  const all = [...new Set(ids)];
  const counts = new Map<string, number>();
  for (const id of all) counts.set(key(id), (counts.get(key(id)) ?? 0) + 1);
  const kept = (id: string): boolean => id === key(id) || counts.get(key(id)) === 1;
  return new Map(all.map((id) => [id, kept(id) ? plain(id) : `${plain(id)}-${hash(id)}`]));
}
