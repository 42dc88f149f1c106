// `chromask run` and `chromask nodes`: workflows and the nodes they may use.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { open } from 'chromask';
import { nodes, objectInfo, type PictureWorkflow, runWorkflow, WorkflowError, workflowOf } from 'chromask/comfy';
import { choice, devices, parsed, UsageError } from './args.js';
import { writeAll } from './outputs.js';

/** `chromask nodes [--json]` */
export async function listNodes(argv: readonly string[]): Promise<number> {
  const { json } = parsed(argv, { json: { type: 'boolean' } }).values;
  if (json) process.stdout.write(`${JSON.stringify(await objectInfo(), undefined, 2)}\n`);
  else
    for (const [name, { title, category }] of Object.entries(await nodes()))
      process.stdout.write(`${name}  (${title}; ${category})\n`);
  return 0;
}

/** `chromask run WORKFLOW.json --input name=file.png --out dir`; the workflow may be a PNG that carries one. */
export async function runFile(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(argv, {
    input: { type: 'string', multiple: true },
    out: { type: 'string', short: 'o' },
    only: { type: 'string', multiple: true },
    compat: { type: 'string' },
    device: { type: 'string' },
    force: { type: 'boolean' },
    json: { type: 'boolean' },
  });
  if (positionals.length !== 1) throw new UsageError('run takes one workflow');
  const [path] = positionals;
  const { out = '.' } = values;
  const compat = choice('compat', values.compat ?? 'comfy-2026', {
    'comfy-2026': 'comfy-2026',
    'comfy-2025': 'comfy-2025',
  } as const);
  const files = filesOf(values.input ?? []);
  const device = await open({ device: choice('device', values.device ?? 'auto', devices) });
  try {
    const result = await runWorkflow(device, await graphOf(path), {
      files,
      only: values.only,
      compat,
    });
    const written = await writeAll(result, join(out, basename(path).replace(/\.\w+$/, '')), {
      force: values.force === true,
      read: [path, ...files.values()],
    });
    for (const line of written) {
      process.stdout.write(values.json ? `${JSON.stringify(line)}\n` : `${line.id} ${line.node} -> ${line.file}\n`);
    }
    for (const { id, class_type, why } of result.skipped) {
      process.stderr.write(`skipped ${id} ${class_type}: it depends on a node that is ${why}\n`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error;
    for (const { id, class_type, input, message } of error.problems) {
      const where = [id && `node ${id}`, class_type, input].filter(Boolean).join(', ');
      process.stderr.write(`chromask: ${where ? `${where}: ` : ''}${message}\n`);
    }
    return 1;
  } finally {
    device.close();
  }
}

async function graphOf(path: string): Promise<string | PictureWorkflow> {
  const bytes = new Uint8Array(
    await readFile(path).catch((error: Error) => {
      throw new UsageError(`${path} cannot be read: ${error.message}`);
    }),
  );
  if (bytes[0] !== 0x89) return new TextDecoder().decode(bytes);
  return workflowOf(bytes);
}

/** `name=file` pairs: only files that are named here are ever read. */
function filesOf(pairs: readonly string[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new UsageError(`--input must be name=file, got ${pair}`);
    const name = pair.slice(0, at);
    if (files.has(name)) throw new UsageError(`--input ${name} is given twice, and takes one file`);
    files.set(name, pair.slice(at + 1));
  }
  return files;
}
