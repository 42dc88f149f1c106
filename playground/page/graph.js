// Steps as the two files ComfyUI reads: the prompt that its server runs, and the workflow that its canvas shows.
import { nodes } from '../comfy.js';

const sockets = ['IMAGE', 'MASK', 'LATENT'];
const idOf = (place) => String(place + 1);

export function promptOf(steps) {
  return Object.fromEntries(
    steps.map(({ type, values, reads }, place) => {
      const links = Object.entries(reads).map(([name, [from, slot]]) => [name, [idOf(from), slot]]);
      return [idOf(place), { class_type: type, inputs: { ...values, ...Object.fromEntries(links) } }];
    }),
  );
}

export function workflowOf(steps) {
  const links = [];
  const drawn = steps.map((step, place) => nodeOf(step, place, links));
  for (const [id, from, slot] of links) drawn[from - 1].outputs[slot].links.push(id);
  return {
    last_node_id: drawn.length,
    last_link_id: links.length,
    nodes: drawn,
    links,
    groups: [],
    config: {},
    extra: {},
    version: 0.4,
  };
}

function nodeOf({ type, values, reads }, place, links) {
  const { inputs, outputs, title } = nodes[type];
  const id = place + 1;
  const known = Object.entries(inputs);
  const slots = known
    .filter(([, { type }]) => sockets.includes(type))
    .map(([name, { type }], slot) => {
      if (!reads[name]) return { name, type, link: null };
      const [from, output] = reads[name];
      links.push([links.length + 1, from + 1, output, id, slot, type]);
      return { name, type, link: links.length };
    });
  const widgets = known.filter(([, { type }]) => !sockets.includes(type)).map(([name]) => values[name]);
  return {
    id,
    type,
    pos: [40 + (place % 4) * 340, 60 + Math.floor(place / 4) * 300],
    size: [300, 60 + 26 * (slots.length + widgets.length)],
    flags: {},
    order: place,
    mode: 0,
    ...(title === type ? {} : { title }),
    inputs: slots,
    outputs: outputs.map(([type, name]) => ({ name, type, links: [] })),
    properties: { 'Node name for S&R': type },
    widgets_values: type.startsWith('LoadImage') ? [...widgets, 'image'] : widgets,
  };
}
