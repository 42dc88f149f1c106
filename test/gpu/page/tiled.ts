// A device with small textures, so that small pictures are cut into tiles.
import { Device } from '../../../src/api/device.js';
import { aid } from '../../../src/graph/aid.js';
import { Evaluator } from '../../../src/graph/evaluator.js';
import { engineOf } from './tools.js';
import { open } from './whole.js';

export async function tiled(tile: number): Promise<Device> {
  const kernels = async () => {
    const { here } = (await open('wasm')).home;
    if (!here) throw new Error('the device with kernels is not here');
    return here.engine;
  };
  return new Device(new Evaluator(await engineOf({ tile }), 0, aid(kernels, kernels)), []);
}
