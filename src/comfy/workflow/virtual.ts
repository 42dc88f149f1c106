// Nodes that exist on screen only: the front end removes them before it sends a workflow to a server.

/** Values of a node's `mode`. */
export const MUTED = 2;
export const BYPASSED = 4;

/** They pass on their first input. */
const REROUTES = ['Reroute', 'Reroute (rgthree)'];

/**
 * Setters and getters of KJNodes and Easy-Use. A getter returns the input of the setter with its name in the same
 * family.
 */
const FAMILIES = [
  { setter: 'SetNode', getter: 'GetNode' },
  { setter: 'easy setNode', getter: 'easy getNode' },
];

/** They send their inputs to unlinked inputs (cg-use-everywhere). */
const EVERYWHERE = ['Anything Everywhere', 'Anything Everywhere?', 'Anything Everywhere3', 'Prompts Everywhere'];

/** They note, switch or show something, and no node depends on them. */
const SCREEN = [
  'Note',
  'MarkdownNote',
  'Note Plus (mtb)',
  'Label',
  'PreviewAny',
  ...[
    'Bookmark',
    'Display Any',
    'Display Int',
    'Fast Actions Button',
    'Fast Bypasser',
    'Fast Groups Bypasser',
    'Fast Groups Muter',
    'Fast Muter',
    'Fast Node Muter',
    'Label',
    'Mute / Bypass Relay',
    'Mute / Bypass Repeater',
    'Node Collector',
    'Random Unmuter',
  ].map((name) => `${name} (rgthree)`),
];

/** Its output is the value of its first widget. */
export const isPrimitive = (type: string): boolean => type === 'PrimitiveNode';
export const isReroute = (type: string): boolean => REROUTES.includes(type);
export const isEverywhere = (type: string): boolean => EVERYWHERE.includes(type);
export const isSetter = (type: string): boolean => FAMILIES.some(({ setter }) => setter === type);

/** The type of the setters that a getter may name; undefined if it is not a getter. */
export const setterOf = (type: string): string | undefined => FAMILIES.find(({ getter }) => getter === type)?.setter;

/** Whether the node never reaches a server, so that its class cannot be missing. */
export const isScreen = (type: string): boolean => SCREEN.includes(type) || isEverywhere(type);

/** The group that a node of this type stands for. Old and new files use different separators. */
export const groupName = (type: string): string | undefined => /^workflow[>/](.+)$/s.exec(type)?.[1];

/** Nodes that stand for others and are removed once those are found. */
export const isVirtual = (type: string): boolean =>
  isScreen(type) || isReroute(type) || isPrimitive(type) || isSetter(type) || setterOf(type) !== undefined;
