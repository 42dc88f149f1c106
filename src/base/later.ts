// What loads at first use, for work that is done again and again: an import of what is there already takes its time too.

/** Gives what `load` gave, from the second time on without a promise. */
export function later<T>(load: () => Promise<T>): () => T | Promise<T> {
  let loaded: T | undefined;
  const keep = (one: T): T => {
    loaded = one;
    return one;
  };
  return () => loaded ?? load().then(keep);
}
