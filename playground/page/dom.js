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

/** A number field that is left alone while somebody types in it, and shows what is true at all other times. */
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
