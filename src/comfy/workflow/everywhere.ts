// Links that are not drawn: an Anything Everywhere node sends its inputs to every unlinked input of the same type on
// its sheet (cg-use-everywhere 7, and what that version reads of older files).
import { isPlain } from '../../base/params.js';
import { own } from './json.js';
import { pattern } from './pattern.js';
import { invalid } from './problem.js';
import type { SavedInput, SavedLink, SavedNode, Sheet } from './sheet.js';
import { isEverywhere, isVirtual } from './virtual.js';

const SEED = 'Seed Everywhere';
/** The most pairs of a sender and an input that are compared. */
const MOST_PAIRS = 10_000_000;

interface Broadcast extends SavedLink {
  readonly priority: number;
  takes(node: SavedNode, input: SavedInput): boolean;
}

/** The sheet with these links added. */
export function everywhere(sheet: Sheet, json: Readonly<Record<string, unknown>>): Sheet {
  const broadcasts = [...sheet.nodes.values()].flatMap((node) =>
    node.mode === 0 ? broadcastsOf(sheet, json, node) : [],
  );
  if (!broadcasts.length) return sheet;
  const groups = own(json, 'groups');
  if (broadcasts.length * sheet.nodes.size * (1 + (Array.isArray(groups) ? groups.length : 0)) > MOST_PAIRS) {
    throw invalid('it has more Anything Everywhere than can be followed');
  }
  const nodes = new Map(sheet.nodes);
  const links = new Map(sheet.links);
  for (const node of sheet.nodes.values()) {
    if (isEverywhere(node.type) || propertiesOf(node).rejects_ue_links === true) continue;
    const inputs = node.inputs.map((input) => {
      if (isLinked(sheet, input) || !isOpen(node, input)) return input;
      const found = best(broadcasts, node, input);
      if (!found) return input;
      const link = `everywhere:${links.size}`;
      links.set(link, { from: found.from, slot: found.slot, type: found.type });
      return { ...input, link };
    });
    nodes.set(node.id, { ...node, inputs });
  }
  return { ...sheet, nodes, links };
}

/** The sender with the highest priority, or none if two share it. */
function best(broadcasts: readonly Broadcast[], node: SavedNode, input: SavedInput): Broadcast | undefined {
  const fit = broadcasts.filter((one) => one.takes(node, input));
  const most = Math.max(...fit.map(({ priority }) => priority));
  const [first, second] = fit.filter(({ priority }) => priority === most);
  return second ? undefined : first;
}

const isLinked = ({ links }: Sheet, { link }: SavedInput): boolean => link !== undefined && links.has(link);

/**
 * Sockets are open by default. Widgets are open if they say so, or if they are inputs from before all widgets were.
 */
function isOpen(node: SavedNode, { name, widget }: SavedInput): boolean {
  const { input_ue_unconnectable: closed, widget_ue_connectable: open } = {
    ...propertiesOf(node),
    ...settingsOf(node),
  };
  if (!widget) return !(isPlain(closed) && own(closed, name));
  return isPlain(open) ? own(open, name) === true : true;
}

function broadcastsOf(sheet: Sheet, json: Readonly<Record<string, unknown>>, node: SavedNode): Broadcast[] {
  const sources = sourcesOf(sheet, node).filter(({ from }) => (sheet.nodes.get(from)?.mode ?? 0) === 0);
  const types = sources.map(({ type }) => type);
  const repeated = (type: unknown): boolean => types.indexOf(type) !== types.lastIndexOf(type);
  const rules = rulesOf(json, node);
  if (!rules) return [];
  const { settings, restricted } = rules;
  const special = node.type === SEED || node.type === 'Prompts Everywhere';
  const standard = 10 + (special ? 10 : 0) + (restricted.patterns || types.some(repeated) ? 20 : 0);
  const priority = Number(settings.priority) || standard + restricted.more;
  return sources.map(({ label, ...link }) => {
    const { type } = link;
    const byName = repeated(type) || Boolean(settings.apply_to_unrepeated);
    return {
      ...link,
      priority,
      takes: (to, input) =>
        to.id !== link.from &&
        (type === input.type ||
          (type === 'STRING' && input.type === 'COMBO' && Number(settings.string_to_combo) > 0) ||
          (input.type === '*' && !isVirtual(to.type) && Number(settings.send_to_any) > 0)) &&
        rules.takes(to, input) &&
        (!byName || sameName(Number(settings.repeated_type_rule ?? 0), label, input.label ?? input.name, to)),
    };
  });
}

/** The links that a node sends: those of its inputs or, for a converted node, its own outputs. */
function sourcesOf(sheet: Sheet, node: SavedNode): (SavedLink & { label: string })[] {
  const outputs = node.outputTypes.map((type, slot) => ({ from: node.id, slot, type, label: nameOf(node, slot) }));
  if (node.type === SEED) return outputs.slice(0, 1);
  if (propertiesOf(node).ue_convert === true) {
    const silent = settingsOf(node).output_not_broadcasting;
    return outputs.filter(({ label }) => !(isPlain(silent) && own(silent, label)));
  }
  if (!isEverywhere(node.type)) return [];
  return node.inputs.flatMap(({ link, label, name }, i) => {
    const found = link === undefined ? undefined : sheet.links.get(link);
    if (!found) return [];
    const type = found.type === '*' ? sheet.nodes.get(found.from)?.outputTypes[found.slot] : found.type;
    const fixed = node.type === 'Prompts Everywhere' ? ['positive', 'negative'][i] : undefined;
    return [{ ...found, type, label: fixed ?? label ?? name }];
  });
}

function nameOf({ given }: SavedNode, slot: number): string {
  const outputs = own(given, 'outputs');
  const output: unknown = Array.isArray(outputs) ? outputs[slot] : undefined;
  return isPlain(output) ? String(own(output, 'name')) : '';
}

/**
 * With several inputs of one type, each goes to sockets whose name is equal, or begins, ends or matches like its
 * own.
 */
function sameName(rule: number, label: string, name: string, to: SavedNode): boolean {
  const length = Math.min(label.length, name.length);
  if (rule === 1) return name.slice(0, length) === label.slice(0, length);
  if (rule === 2) return name.slice(name.length - length) === label.slice(label.length - length);
  if (rule === 3) return to.title === label;
  if (rule === 4) return pattern(label)?.(name) ?? false;
  return name === label;
}

/** The restrictions on receivers; undefined if one of the node's patterns cannot be read. */
function rulesOf(json: Readonly<Record<string, unknown>>, node: SavedNode) {
  const settings = settingsOf(node);
  // before version 7 the patterns were widgets
  const row: unknown[] = settings.version === undefined && Array.isArray(node.widgets) ? node.widgets : [];
  const read = (key: string, old: unknown) => {
    const text = settings[`${key}_regex`] ?? old ?? (key === 'input' && node.type === SEED ? 'seed' : undefined);
    if (typeof text !== 'string' || text === '' || text === '.*') return undefined;
    return { test: pattern(text), inverted: settings[`${key}_regex_invert`] === true };
  };
  const patterns = [read('title', row[0]), read('input', row[1]), read('group', row[2])];
  if (patterns.some((one) => one && !one.test)) return undefined;
  const [title, input, group] = patterns;
  const fits = (rule: typeof title, text: string): boolean => !rule?.test || rule.test(text) !== rule.inverted;
  const old = settings.version === undefined ? propertiesOf(node) : settings;
  const groups = list(own(json, 'groups'));
  const mine = groups.filter((one) => isInside(one, node));
  const byGroup = Number(old.group_restricted) || 0;
  const byColor = Number(old.color_restricted) || 0;
  const color = own(node.given, 'color');
  return {
    settings,
    restricted: {
      patterns: patterns.some((one) => one !== undefined),
      more: (byGroup > 0 ? 3 : 0) + (byColor > 0 ? 6 : 0),
    },
    takes: (to: SavedNode, socket: SavedInput): boolean =>
      fits(title, typeof to.title === 'string' && to.title ? to.title : to.type) &&
      fits(input, socket.label ?? socket.name) &&
      (!group || groups.some((one) => isInside(one, to) && fits(group, String(own(one, 'title') ?? '')))) &&
      (byGroup !== 1 || mine.some((one) => isInside(one, to))) &&
      (byGroup !== 2 || !mine.some((one) => isInside(one, to))) &&
      (byColor !== 1 || own(to.given, 'color') === color) &&
      (byColor !== 2 || own(to.given, 'color') !== color),
  };
}

const propertiesOf = ({ given }: SavedNode): Record<string, unknown> => plain(own(given, 'properties'));
const settingsOf = (node: SavedNode): Record<string, unknown> => plain(propertiesOf(node).ue_properties);
const plain = (given: unknown): Record<string, unknown> => (isPlain(given) ? given : {});
const list = (given: unknown): Record<string, unknown>[] => (Array.isArray(given) ? given.filter(isPlain) : []);

/** A node is in a group if its middle is inside. A node's title lies above its position. */
function isInside(group: Record<string, unknown>, { given }: SavedNode): boolean {
  const [left, top, width, height] = numbers(own(group, 'bounding'), 4);
  const [x, y] = numbers(own(given, 'pos'), 2);
  const [w, h] = numbers(own(given, 'size'), 2);
  const across = x + w / 2 - left;
  const down = y + h / 2 - 15 - top;
  return across >= 0 && across < width && down >= 0 && down < height;
}

/** Numbers from a list or from a typed array written as JSON. */
function numbers(given: unknown, count: number): number[] {
  const from = Object(given) as Record<number, unknown>;
  return Array.from({ length: count }, (_, i) => (Object.hasOwn(from, i) ? Number(from[i]) : Number.NaN));
}
