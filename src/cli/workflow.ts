// `chromask run` and `chromask nodes`: workflows and the nodes they may use.
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { open } from 'chromask';
import {
  missingNodes,
  nodes,
  objectInfo,
  type PictureWorkflow,
  type Problem,
  runWorkflow,
  type Skipped,
  WorkflowError,
  workflowOf,
} from 'chromask/comfy';
import { devices, parsed } from './args.js';
import { writeAll } from './outputs.js';
import { jsonLine, printable } from './text.js';
import { freeCores } from './threads.js';
import { choice, UsageError } from './values.js';

/** `chromask nodes [--json]`, or with `--missing WORKFLOW.json` what a workflow needs that is not here. */
export async function listNodes(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(argv, {
    json: { type: 'boolean' },
    missing: { type: 'string' },
    from: { type: 'string' },
  });
  const { json, missing } = values;
  if (positionals.length) throw new UsageError('nodes takes no files; a workflow goes behind --missing');
  const print = (line: string): unknown => process.stdout.write(`${line}\n`);
  if (missing !== undefined) {
    const found = await reported(async () => missingNodes(await graphOf(missing), { from: fromOf(values.from) }));
    if (!found) return 1;
    if (json) print(JSON.stringify(found, undefined, 2));
    else for (const { class_type, ids, needed_by } of found) print(printable(missingLine(class_type, ids, needed_by)));
  } else if (json) print(JSON.stringify(await objectInfo(), undefined, 2));
  else
    for (const [name, { title, category }] of Object.entries(await nodes())) print(`${name}  (${title}; ${category})`);
  return 0;
}

function missingLine(class_type: string, ids: readonly string[], needed_by: readonly string[]): string {
  const needed = needed_by.length ? `; needed by ${needed_by.join(', ')}` : '';
  return `${class_type}  (${ids.length === 1 ? 'node' : 'nodes'} ${ids.join(', ')}${needed})`;
}

/** Which graph of a picture that has two. */
const fromOf = (given = 'workflow') => choice('from', given, { workflow: 'workflow', prompt: 'prompt' } as const);

/** `chromask run WORKFLOW.json --input name=file.png --out dir`; the workflow may be a PNG that carries one. */
export async function runFile(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(argv, {
    input: { type: 'string', multiple: true },
    out: { type: 'string', short: 'o' },
    only: { type: 'string', multiple: true },
    strict: { type: 'boolean' },
    from: { type: 'string' },
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
  const from = fromOf(values.from);
  const device = await open({ device: choice('device', values.device ?? 'auto', devices), threads: freeCores() });
  try {
    const { only, strict } = values;
    const result = await reported(async () =>
      runWorkflow(device, await graphOf(path), { files, only, compat, from, strict }),
    );
    if (!result) return 1;
    const written = await writeAll(result, join(out, basename(path).replace(/\.\w+$/, '')), {
      force: values.force === true,
      read: [path, ...files.values()],
    });
    for (const line of written) {
      process.stdout.write(values.json ? jsonLine(line) : `${printable(`${line.id} ${line.node} -> ${line.file}`)}\n`);
    }
    for (const one of result.skipped)
      process.stderr.write(`${printable(`skipped ${one.id} ${one.class_type}: ${reason(one)}`)}\n`);
    return 0;
  } finally {
    device.close();
  }
}

/** Why a node was left out. */
function reason({ id, why, missing, problems = [] }: Skipped): string {
  if (missing) return `it needs ${missing.class_type} (node ${missing.id}), which is not known here`;
  if (why === 'muted') return 'it needs something that is switched off';
  return problems.map((one) => placed(one, id)).join('; ');
}

/** What work gives, or nothing if the workflow was refused: then it prints why. */
async function reported<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof WorkflowError)) throw error;
    for (const one of error.problems) process.stderr.write(`chromask: ${printable(placed(one))}\n`);
    return undefined;
  }
}

/** A problem with the place where it is, but for the node that the line is about. */
function placed({ id, class_type, input, message }: Problem, about?: string): string {
  const node = id === about ? [] : [id && `node ${id}`, class_type];
  const where = [...node, input].filter(Boolean).join(', ');
  return `${where ? `${where}: ` : ''}${message}`;
}

async function graphOf(path: string): Promise<string | PictureWorkflow> {
  const bytes = new Uint8Array(
    await readFile(path).catch((error: Error) => {
      throw new UsageError(`${path} cannot be read: ${error.message}`);
    }),
  );
  // PNG, JPEG, and RIFF, the container of WebP: none of them begins as JSON does
  return [0x89, 0xff, 0x52].includes(bytes[0]) ? workflowOf(bytes) : new TextDecoder().decode(bytes);
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
