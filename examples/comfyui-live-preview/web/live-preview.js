// Shows under a mask node what it makes while its widgets are dragged. Nothing is queued: chromask runs the mask part of the
// graph in the page, on the pictures that the server has.
import { api } from '../../scripts/api.js';
import { app } from '../../scripts/app.js';

/** The preview's longer side, in pixels of the mask. */
const SIDE = 384;
/** Pictures that stay decoded. */
const PICTURES = 8;

/** The library, and a device on the GPU where there is one: loaded when the first widget moves. */
let loaded;
const library = () => {
  loaded ??= (async () => {
    const [{ open }, comfy] = await Promise.all(
      ['chromask', 'comfy'].map((name) => import(api.fileURL(`/chromask/${name}.js`))),
    );
    return { device: await open(), ...comfy };
  })();
  return loaded;
};

/** What is drawn under a node: a canvas, or a sentence. */
const shown = new Map();

app.registerExtension({
  name: 'chromask.live-preview',

  nodeCreated(node) {
    if (!node.outputs?.some(({ type }) => type === 'MASK')) {
      after(node, 'onWidgetChanged', () => refresh());
      return;
    }
    after(node, 'onWidgetChanged', () => {
      if (!shown.has(node)) shown.set(node, undefined);
      refresh();
    });
    after(node, 'onRemoved', () => shown.delete(node));
    after(node, 'onDrawForeground', (context) => draw(node, context));
    after(node, 'getExtraMenuOptions', (_, options) => {
      const on = shown.has(node);
      options?.unshift({ content: on ? 'Hide live mask' : 'Show live mask', callback: () => toggle(node, on) });
    });
  },
});

/** Calls this after what the node has under the name already. */
function after(node, name, call) {
  const before = node[name];
  node[name] = function (...given) {
    const result = before?.apply(this, given);
    call(...given);
    return result;
  };
}

function toggle(node, on) {
  if (on) shown.delete(node);
  else shown.set(node, undefined);
  refresh();
}

let running = false;
let again = false;

/** Makes all previews anew. While that is under way, changes wait, and what is made next has all of them. */
async function refresh() {
  again = true;
  if (running) return;
  running = true;
  try {
    while (again) {
      again = false;
      for (const node of [...shown.keys()]) {
        const made = await preview(node).catch((error) => error.message);
        if (shown.has(node)) shown.set(node, made);
        app.canvas.setDirty(true, true);
      }
    }
  } finally {
    running = false;
  }
}

async function preview(node) {
  const { core, device, runWorkflow } = await library();
  const type = node.comfyClass ?? node.type;
  const graph = node.graph ?? app.graph;
  await core.load(graph.nodes.map((one) => one.comfyClass ?? one.type));
  const known = core.get(type);
  if (!known) return `chromask does not know ${type}`;
  if (await differs(type, known)) return `${type}: the server has another version of this node`;
  const id = String(node.id);
  const inputs = widgetsOf(graph, core);
  const { values } = await runWorkflow(device, graph.serialize(), { inputs, files: picture, only: [id] });
  const slot = known.outputs.findIndex(([output]) => output === 'MASK');
  const mask = [values[id][slot]].flat()[0];
  const [, height, width] = mask.shape;
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  await mask.draw(canvas);
  return canvas;
}

/** The values of all widgets by their names, which do not depend on the order that a version of a node has them in. */
function widgetsOf(graph, core) {
  const inputs = {};
  for (const { id, type, comfyClass, mode, widgets = [], inputs: sockets = [] } of graph.nodes) {
    const known = core.get(comfyClass ?? type);
    // what is muted or bypassed is not in the graph that runs
    if (!known || mode === 2 || mode === 4) continue;
    const linked = new Set(sockets.filter(({ link }) => link != null).map(({ name }) => name));
    const own = widgets.filter(({ name }) => Object.hasOwn(known.inputs, name) && !linked.has(name));
    inputs[id] = Object.fromEntries(own.map(({ name, value }) => [name, value]));
  }
  return inputs;
}

/** Whether the server's node must be given what ours does not have. */
const described = new Map();
async function differs(type, known) {
  if (!described.has(type)) {
    const response = await api.fetchApi(`/object_info/${encodeURIComponent(type)}`);
    described.set(type, response.ok ? (await response.json())[type] : undefined);
  }
  const required = Object.keys(described.get(type)?.input?.required ?? {});
  return required.some((name) => !Object.hasOwn(known.inputs, name));
}

/** A picture by the name that a LoadImage has: `folder/a.png [input]`. */
const pictures = new Map();
async function picture(name) {
  const found = pictures.get(name);
  if (found) return found;
  const [, path, type = 'input'] = /^(.*?)(?: \[(input|output|temp)\])?$/.exec(name);
  const at = path.lastIndexOf('/') + 1;
  const query = new URLSearchParams({ filename: path.slice(at), subfolder: path.slice(0, Math.max(0, at - 1)), type });
  const response = await api.fetchApi(`/view?${query}`);
  if (!response.ok) throw new Error(`the server has no picture ${name}`);
  const { device } = await library();
  const { alpha, image, rgba } = await device.load(await response.blob());
  pictures.set(name, alpha ? rgba : image);
  if (pictures.size > PICTURES) pictures.delete(pictures.keys().next().value);
  return pictures.get(name);
}

function draw(node, context) {
  const made = shown.get(node);
  if (!made || node.flags?.collapsed) return;
  const [width, height] = node.size;
  if (typeof made === 'string') {
    context.fillStyle = '#c66';
    context.font = '12px sans-serif';
    context.fillText(made, 4, height + 16, width - 8);
    return;
  }
  context.drawImage(made, 0, height + 4, width, (width * made.height) / made.width);
}
