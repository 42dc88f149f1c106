// JSON as Python writes it: NaN and Infinity too, which become null.
import { invalid } from './problem.js';

export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // strings are matched first, so that what they say stays
    const plain = text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (found) =>
      found.startsWith('"') ? found : 'null',
    );
    try {
      return JSON.parse(plain);
    } catch {
      throw invalid('its text must be JSON');
    }
  }
}
