// The options of `runWorkflow`, checked before the workflow reader loads.
import { refusal } from '../../base/errors.js';
import { checkOptions, isPlain } from '../../base/params.js';
import { checkRegistry } from '../registry.js';
import { MOST } from './graph.js';
import type { WorkflowOptions } from './types.js';

export function checkRun(options: WorkflowOptions): void {
  checkOptions(
    'runWorkflow',
    options,
    'files inputs outputs unsupported only compat signal onProgress strict from registry',
  );
  const { files, inputs, outputs, unsupported, only, compat, onProgress, strict, from, registry } = options;
  if (registry !== undefined) checkRegistry('runWorkflow', registry);
  const check = (name: string, given: unknown, fits: boolean, expectation: string): void => {
    if (given !== undefined && !fits) throw refusal('runWorkflow', name, expectation, given);
  };
  check(
    'files',
    files,
    typeof files === 'function' || (typeof files === 'object' && files !== null),
    'an object, a Map or a function',
  );
  check('inputs', inputs, isPlain(inputs), 'an object of node ids');
  check('outputs', outputs, isPlain(outputs), 'an object of node ids');
  check('unsupported', unsupported, typeof unsupported === 'function', 'a function');
  const ids = Array.isArray(only) && only.length <= MOST && only.every((id) => typeof id === 'string');
  check('only', only, ids, 'a list of node ids');
  check('compat', compat, compat === 'comfy-2026' || compat === 'comfy-2025', 'comfy-2026 or comfy-2025');
  check('onProgress', onProgress, typeof onProgress === 'function', 'a function');
  check('strict', strict, typeof strict === 'boolean', 'true or false');
  check('from', from, from === 'workflow' || from === 'prompt', 'workflow or prompt');
}
