// What a device, here and now, makes of what is recorded: pass or the first difference, and times. Runs in a page, a worker or Node.
import { runNode } from '../../dist/comfy.js';
import { open } from '../lib.js';
import { calls } from './calls.js';
import { colours } from './colours.js';
import { times } from './times.js';

const KINDS = ['webgl2', 'wasm'];
const CHECKS = {
  colours: (device, { colours: wanted }, step) => colours(device, wanted, step),
  calls: (device, { calls: all }, step) => calls(device, runNode, all, step),
  times: (device, _, step) => times(device, step),
};

export const checks = Object.keys(CHECKS);

/**
 * `only`: which checks; `tell({ kind, check, done, total, found })` is told how far they are; `evidence()` is called once it is needed.
 * What a device cannot do is in its `error`, and stops no other.
 */
export async function report({ evidence, facts, only = checks, tell = () => {} }) {
  const made = {
    format: 'chromask-device',
    version: 1,
    ...facts,
    renderer: rendererHere(),
    auto: await choice(),
    devices: {},
  };
  tell({ check: 'auto', found: made.auto });
  const recorded = only.some((name) => name !== 'times') ? await evidence() : {};
  for (const kind of KINDS) {
    const found = {};
    made.devices[kind] = found;
    let device;
    try {
      device = await open({ device: kind });
      for (const check of only) {
        const step = async (done, total) => {
          tell({ kind, check, done, total });
          await breath();
        };
        found[check] = await CHECKS[check](device, recorded, step);
        tell({ kind, check, found: found[check] });
      }
    } catch (error) {
      found.error = String(error?.message ?? error);
      tell({ kind, found: { error: found.error } });
    } finally {
      device?.close();
    }
  }
  return made;
}

/** What `auto` takes, why, and how long it took to say so for the first time. */
async function choice() {
  const begun = performance.now();
  const device = await open();
  const ms = Math.round(performance.now() - begun);
  const { name, why } = device;
  device.close();
  return { name, why: [...why], ms };
}

/** Who draws, as the browser tells: Firefox says it at once, others by an extension. */
export function rendererHere() {
  const canvas = canvasHere();
  const gl = canvas?.getContext('webgl2');
  if (!gl) return null;
  const plain = String(gl.getParameter(gl.RENDERER));
  const vague = /^(webkit webgl|mozilla|)$/i.test(plain);
  const told = vague ? gl.getExtension('WEBGL_debug_renderer_info') : null;
  const name = String((told && gl.getParameter(told.UNMASKED_RENDERER_WEBGL)) || plain);
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return name;
}

function canvasHere() {
  if (typeof OffscreenCanvas !== 'undefined') {
    const canvas = new OffscreenCanvas(1, 1);
    // WebKitGTK's off-screen ones have none
    if (canvas.getContext('webgl2')) return canvas;
  }
  return typeof document === 'undefined' ? undefined : document.createElement('canvas');
}

/** So that a page stays alive: messages come in between two turns. */
function breath() {
  if (typeof MessageChannel === 'undefined') return undefined;
  return new Promise((next) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      next();
    };
    port2.postMessage(0);
  });
}
