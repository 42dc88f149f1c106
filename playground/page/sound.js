// State from outside, out of a link or a file: what is not a setting, or out of its range, is left out.
import { names } from './names.js';
import { fresh, neutral } from './store.js';

const FAR = 2 ** 16;
const between = (least, most) => (value) => Number.isFinite(value) && value >= least && value <= most;
const whole = (least, most) => (value) => Number.isInteger(value) && value >= least && value <= most;
const flag = (value) => typeof value === 'boolean';
const oneOf =
  (...options) =>
  (value) =>
    options.includes(value);
const listOf = (each, most) => (value) => Array.isArray(value) && value.length <= most && value.every(each);

const place = between(-FAR, FAR);
const points = (value) => listOf(place, 40_000)(value) && value.length >= 2 && value.length % 2 === 0;
const box = (value) => listOf(place, 4)(value) && value.length === 4 && value[2] >= 0 && value[3] >= 0;
const how = oneOf('new', 'add', 'subtract');

const tools = {
  wand: { how, x: whole(0, FAR), y: whole(0, FAR), tolerance: whole(0, 442), contiguous: flag },
  rectangle: { how, box },
  ellipse: { how, box },
  lasso: { how, points },
  brush: { how, points, radius: between(0.1, 4096) },
};

const mark = (value) => {
  const rules = Object.hasOwn(tools, value?.tool) && tools[value.tool];
  return rules && Object.entries(rules).every(([name, sound]) => sound(value[name]));
};

const mask = {
  channel: (value) => Object.hasOwn(names, value),
  colors: listOf(whole(0, 1e6), 1e4),
  marks: listOf(mark, 1000),
  black: whole(0, 254),
  gray: between(0.01, 9.99),
  white: whole(1, 255),
  invert: flag,
  threshold: (value) => value === null || between(0, 1)(value),
  holes: flag,
  specks: whole(0, 10_000),
  grow: whole(-64, 64),
  blur: between(0, 64),
  feather: whole(0, 256),
};

const view = {
  editing: oneOf(0, 1),
  mode: oneOf('mask', 'overlay', 'cutout', 'picture'),
  tint: (value) => typeof value === 'string' && /^#[\da-f]{6}$/.test(value),
  opacity: between(0, 1),
  ants: flag,
  split: (value) => value === null || between(0, 1)(value),
  code: oneOf('ts', 'recipe', 'graph', ''),
};

const only = (rules, given, neutral) => {
  const known = Object.entries(rules).filter(([name, sound]) => Object.hasOwn(given ?? {}, name) && sound(given[name]));
  return { ...neutral, ...Object.fromEntries(known.map(([name]) => [name, given[name]])) };
};

export function soundWork(given) {
  const masks = fresh.work.masks.map((one, i) => {
    const made = only(mask, given?.masks?.[i], one);
    return made.black < made.white ? made : { ...made, black: neutral.black, white: neutral.white };
  });
  const combine = oneOf('multiply', 'add', 'subtract', 'and', 'or', 'xor')(given?.combine) ? given.combine : 'none';
  const rules = { minPixels: whole(1, 1e8), maxCount: whole(0, 64) };
  return { masks, combine, colorMap: only(rules, given?.colorMap, fresh.work.colorMap) };
}

export const soundView = (given) => only(view, given, fresh.view);

/** What of it differs from what a fresh page has. */
export function differing(value, from) {
  if (Array.isArray(value) && Array.isArray(from) && value.length === from.length && typeof from[0] === 'object') {
    const each = value.map((one, i) => differing(one, from[i]));
    return each.some(Boolean) ? each.map((one) => one ?? {}) : undefined;
  }
  const isObject = (one) => typeof one === 'object' && one !== null && !Array.isArray(one);
  if (!isObject(value) || !isObject(from)) return JSON.stringify(value) === JSON.stringify(from) ? undefined : value;
  const all = Object.entries(value).map(([name, one]) => [name, differing(one, from[name])]);
  const own = all.filter(([, one]) => one !== undefined && !(isObject(one) && !Object.keys(one).length));
  return own.length ? Object.fromEntries(own) : undefined;
}
