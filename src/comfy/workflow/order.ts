// The order in which nodes can run. Without recursion: a chain may be thousands long.
import { type Graph, type GraphNode, linksOf } from './graph.js';
import { type Problem, WorkflowError } from './problem.js';

/** The nodes that these need, and they themselves, each after what it needs. `enter` tells whose links to follow. */
export function inOrder(
  graph: Graph,
  roots: Iterable<GraphNode>,
  enter = (_: GraphNode): boolean => true,
): GraphNode[] {
  const order: GraphNode[] = [];
  const state = new Map<GraphNode, 'open' | 'done'>();
  for (const root of roots) {
    if (state.has(root)) continue;
    const stack = [visit(root, enter)];
    state.set(root, 'open');
    while (stack.length) {
      const { node, links } = stack[stack.length - 1];
      const next = links.next();
      if (next.done) {
        state.set(node, 'done');
        order.push(node);
        stack.pop();
        continue;
      }
      const from = graph.get(next.value[1].from);
      if (!from || state.get(from) === 'done') continue;
      if (state.get(from) === 'open')
        throw cycle(
          stack.map((one) => one.node),
          from,
        );
      state.set(from, 'open');
      stack.push(visit(from, enter));
    }
  }
  return order;
}

function visit(node: GraphNode, enter: (node: GraphNode) => boolean) {
  return { node, links: enter(node) ? linksOf(node) : [][Symbol.iterator]() };
}

function cycle(path: readonly GraphNode[], from: GraphNode): WorkflowError {
  const nodes = path.slice(path.indexOf(from));
  const ids = nodes.slice(0, 6).map(({ id }) => id);
  const message = `it depends on itself, by way of ${ids.join(', ')}${nodes.length > 6 ? ', …' : ''}`;
  return new WorkflowError(
    nodes.map(({ id, class_type }): Problem => ({ type: 'dependency_cycle', message, id, class_type })).slice(0, 100),
  );
}
