// The order in which nodes can run, without recursion because chains may have thousands of nodes.
import { type Graph, type GraphNode, linksOf } from './graph.js';
import { type Problem, WorkflowError } from './problem.js';

/** Problems of nodes that depend on themselves. */
export type Circles = Map<GraphNode, Problem>;

/** For the first circles all nodes are named; for further ones only the node where the circle was found. */
const TOLD = 20;

/**
 * These nodes and everything they need, each after what it needs. `enter` decides whose links are followed. Rejects
 * a circle, or records it in `circles` and cuts it where it closes.
 */
export function inOrder(
  graph: Graph,
  roots: Iterable<GraphNode>,
  enter = (_: GraphNode): boolean => true,
  circles?: Circles,
): GraphNode[] {
  const order: GraphNode[] = [];
  const state = new Map<GraphNode, 'open' | 'done'>();
  let found = 0;
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
      if (state.get(from) === 'open') {
        const circle = found++ < TOLD ? circleOf(stack, from) : [node];
        const problems = circle.map((one) => problem(one, circle));
        if (!circles) throw new WorkflowError(problems.slice(0, 100));
        for (const [i, one] of circle.entries()) circles.set(one, problems[i]);
        continue;
      }
      state.set(from, 'open');
      stack.push(visit(from, enter));
    }
  }
  return order;
}

function visit(node: GraphNode, enter: (node: GraphNode) => boolean) {
  return { node, links: enter(node) ? linksOf(node) : [][Symbol.iterator]() };
}

function circleOf(stack: readonly { readonly node: GraphNode }[], from: GraphNode): GraphNode[] {
  const path = stack.map(({ node }) => node);
  return path.slice(path.indexOf(from));
}

function problem({ id, class_type }: GraphNode, circle: readonly GraphNode[]): Problem {
  const ids = circle.slice(0, 6).map((one) => one.id);
  const message = `it depends on itself, by way of ${ids.join(', ')}${circle.length > 6 ? ', …' : ''}`;
  return { type: 'dependency_cycle', message, id, class_type };
}
