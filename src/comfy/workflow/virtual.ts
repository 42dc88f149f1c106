// Nodes that exist on the screen only: a front end takes them out before it asks a server.

/** Modes of nodes. */
export const MUTED = 2;
export const BYPASSED = 4;

/** They pass on what their first input is linked to. */
const REROUTES = ['Reroute', 'Reroute (rgthree)'];

/** KJNodes and Easy-Use: what a setter is given is to be had by its name, from any getter of the same family. */
const FAMILIES = [
  { setter: 'SetNode', getter: 'GetNode' },
  { setter: 'easy setNode', getter: 'easy getNode' },
];

/** They send what they are linked to to inputs that are linked to nothing (cg-use-everywhere). */
const EVERYWHERE = ['Anything Everywhere', 'Anything Everywhere?', 'Anything Everywhere3', 'Prompts Everywhere'];

/** They say, switch or show something, and nothing depends on them. */
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

/** Its first widget is the value of what its output is linked to. */
export const isPrimitive = (type: string): boolean => type === 'PrimitiveNode';
export const isReroute = (type: string): boolean => REROUTES.includes(type);
export const isEverywhere = (type: string): boolean => EVERYWHERE.includes(type);
export const isSetter = (type: string): boolean => FAMILIES.some(({ setter }) => setter === type);

/** The setters a getter may ask for; undefined of what is no getter. */
export const setterOf = (type: string): string | undefined => FAMILIES.find(({ getter }) => getter === type)?.setter;

/** What no server would be asked for, or asked for in vain: no class that could be missing. */
export const isScreen = (type: string): boolean => SCREEN.includes(type) || isEverywhere(type);

/** What a node of the type is drawn for: a group node's name, with the separator of either age. */
export const groupName = (type: string): string | undefined => /^workflow[>/](.+)$/s.exec(type)?.[1];

/** Nodes that stand for others and go when the others are found. */
export const isVirtual = (type: string): boolean =>
  isScreen(type) || isReroute(type) || isPrimitive(type) || isSetter(type) || setterOf(type) !== undefined;
