// A few words for the page's own elements.
export const find = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  const { dataset, ...rest } = properties;
  Object.assign(element, rest);
  Object.assign(element.dataset, dataset);
  element.append(...children);
  return element;
}

/** Set a property only where it differs: writing a value moves the caret. */
export function put(element, property, value) {
  if (element[property] !== value) element[property] = value;
}

/** Write text line by line, so that only lines that changed are laid out and painted again. */
export function putLines(element, text) {
  const lines = text.split(/(?<=\n)/);
  while (element.children.length > lines.length) element.lastChild.remove();
  lines.forEach((line, i) => {
    put(element.children[i] ?? element.appendChild(make('span')), 'textContent', line);
  });
}

/** A number field that is left alone while it is typed in, and shows what is true at all other times. */
export function numberField(input) {
  let typing = false;
  input.addEventListener('input', () => {
    typing = true;
  });
  for (const end of ['change', 'blur']) {
    input.addEventListener(end, () => {
      typing = false;
    });
  }
  return (text) => typing || put(input, 'value', String(text));
}

/** Calls `end` when a change is over: of the pointer at once, of a key that is held down when it is let go. */
export function whenSettled(input, end) {
  let held = false;
  input.addEventListener('keydown', ({ key }) => {
    held = /^(Arrow|Page|Home|End)/.test(key);
  });
  for (const over of ['keyup', 'blur'])
    input.addEventListener(over, () => {
      if (held) end();
      held = false;
    });
  input.addEventListener('change', () => held || end());
}

/** Run once before the next paint, however often it is asked for. */
export function eachFrame(run) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      run();
    });
  };
}

/** Run at once, and while it is asked for again and again no more often than every `pause` milliseconds; the last time is never left out. */
export function seldom(run, pause) {
  let waits = false;
  let again = false;
  return function ask() {
    again = waits;
    if (waits) return;
    waits = true;
    run();
    setTimeout(() => {
      waits = false;
      if (again) ask();
    }, pause);
  };
}

/** Whether a key goes to a field and not to the page. */
export const typesIn = (element) =>
  element instanceof HTMLElement &&
  (element.matches('select, textarea') ||
    (element instanceof HTMLInputElement && !/^(checkbox|radio|range|color|file|button)$/.test(element.type)));
