// Environments for tests that have a browser's names and none of its pixels: happy-dom and jsdom.
import { ChromaskError } from './errors.js';

interface View {
  navigator?: { userAgent?: unknown };
}

/** What an environment calls itself where it is one of them: that of an element, or of the globals. */
function nameOf(element: unknown): string | undefined {
  const agent = String((viewOf(element) ?? (globalThis as View)).navigator?.userAgent);
  if (/\bHappyDOM\//.test(agent)) return 'happy-dom';
  return /\bjsdom\//.test(agent) ? 'jsdom' : undefined;
}

/** The window of an element; an object that only has an element's prototype throws where it is asked. */
function viewOf(element: unknown): View | undefined {
  try {
    return Object(Object(element).ownerDocument).defaultView ?? undefined;
  } catch {
    return undefined;
  }
}

/** The error for a call that failed there, or undefined where it failed in a browser. */
export function pretended(
  operation: string,
  element: unknown,
  help: string,
  cause?: unknown,
): ChromaskError | undefined {
  const name = nameOf(element);
  if (name === undefined) return undefined;
  return new ChromaskError('unsupported', `${operation}: ${name} has elements without pixels; ${help}`, { cause });
}
