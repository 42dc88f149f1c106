// Writes a workflow of the API format as a front end would save it, with nodes that exist on screen only: reroutes,
// setters and getters, senders to everywhere, group nodes, subgraphs, duplicate ids, links of nulls. Imported by
// workflows.mjs.

/** Routes some links through nodes that a server does not know. */
export function saved(graph, r, info) {
  const nodes = [];
  const links = [];
  let next = 1000;
  const link = (from, slot, to, at, type) => {
    const id = links.length + 1;
    links.push(r.below(40) ? [id, from, slot, to, at, type] : [null, null, null, null, null, null]);
    return id;
  };
  const virtual = (type, from, slot, kind, widgets) => {
    const id = next++;
    const inputs = from === undefined ? [] : [{ name: '*', type: kind, link: link(from, slot, id, 0, kind) }];
    nodes.push({
      id,
      type,
      mode: r.below(8) ? 0 : 2,
      inputs,
      outputs: [{ name: '*', type: kind }],
      widgets_values: widgets,
    });
    return id;
  };
  const source = (from, slot, kind) => {
    const way = r.below(8);
    if (way === 0) return [virtual('Reroute', from, slot, kind, []), 0];
    if (way === 1) {
      const name = r.pick(['a', 'b', 'mask']);
      virtual('SetNode', from, slot, kind, [name]);
      return [virtual('GetNode', undefined, 0, kind, [name]), 0];
    }
    return [from, slot];
  };
  for (const [id, { class_type, inputs }] of Object.entries(graph)) {
    const { required, optional = {} } = info[class_type].input;
    const node = { id: Number(id), type: class_type, mode: r.pick([0, 0, 0, 0, 2, 4]), inputs: [], widgets_values: [] };
    for (const [name, [type]] of Object.entries({ ...required, ...optional })) {
      const value = inputs[name];
      if (!Array.isArray(value)) {
        node.widgets_values.push(value ?? null);
        continue;
      }
      const everywhere = r.below(10) === 0;
      const [from, slot] = everywhere ? [] : source(Number(value[0]), value[1], type);
      if (everywhere) virtual('Anything Everywhere', Number(value[0]), value[1], type, []);
      const at = node.inputs.length;
      node.inputs.push({ name, type, link: everywhere ? null : link(from, slot, node.id, at, type) });
    }
    node.outputs = info[class_type].output.map((type) => ({ name: type, type }));
    nodes.push(r.below(30) ? node : { ...node, id: 1 });
  }
  const file = { nodes, links, last_node_id: next, extra: {}, version: 0.4 };
  return r.below(3) ? file : grouped(file, r);
}

/** Joins some nodes into a group node or a subgraph. */
function grouped(file, r) {
  const inner = file.nodes.filter(() => r.below(3) === 0).slice(0, 4);
  const places = new Map(inner.map(({ id }, i) => [id, i]));
  const rest = file.nodes.filter((node) => !inner.includes(node));
  const inside = file.links.filter(([, from, , to]) => places.has(from) && places.has(to));
  const open = inner.flatMap(({ inputs }) => inputs.filter(({ link }) => link && !inside.some(([id]) => id === link)));
  const type = r.below(2) ? r.pick(['workflow>g', 'workflow/g']) : 'sub';
  const outer = {
    ...{ id: 5000, type, mode: r.pick([0, 0, 0, 2, 4]), inputs: open, outputs: [{ name: 'MASK', type: 'MASK' }] },
    widgets_values: inner.flatMap(({ widgets_values }) => widgets_values),
  };
  const links = file.links.map(([id, from, slot, ...more]) =>
    places.has(from) ? [id, 5000, r.below(3), ...more] : [id, from, slot, ...more],
  );
  const group = {
    nodes: inner.map((node, index) => ({ ...node, index })),
    links: inside.map(([, from, slot, to, at, kind]) => [places.get(from), slot, places.get(to), at, from, kind]),
    external: r.below(2) ? [[0, 0, 'MASK']] : [],
  };
  const subgraph = {
    ...{ id: 'sub', nodes: inner, links: inside, inputs: open.map(({ name, type }) => ({ name, type })) },
    outputs: [{ name: 'MASK', type: 'MASK' }],
  };
  return {
    ...file,
    nodes: [...rest, outer],
    links,
    extra: { groupNodes: { g: group } },
    definitions: { subgraphs: [subgraph] },
  };
}
