// Reads JSON as Python writes it: NaN and Infinity are allowed and become null.
import { invalid } from './problem.js';

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(plain(text));
    } catch {
      throw invalid('its text must be JSON');
    }
  }
}

/**
 * Replaces them outside strings only. The pattern matches just the ends of strings, because whole strings could be
 * very long.
 */
function plain(text: string): string {
  let inside = false;
  return text.replace(/\\.|"|-?\b(?:NaN|Infinity)\b/gs, (found) => {
    if (found === '"') inside = !inside;
    return inside || found.length < 3 ? found : 'null';
  });
}

/** A property of a JSON object itself, not of its prototype. */
export const own = (object: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;
