// JSON as Python writes it: NaN and Infinity too, which become null.
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

/** What strings say stays. Only their ends are matched: a pattern of a whole string would need room for its length. */
function plain(text: string): string {
  let inside = false;
  return text.replace(/\\.|"|-?\b(?:NaN|Infinity)\b/gs, (found) => {
    if (found === '"') inside = !inside;
    return inside || found.length < 3 ? found : 'null';
  });
}

/** A property of a JSON object itself, never of its prototype. */
export const own = (object: Record<string, unknown>, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined;
