// Who wants to know that an engine was lost, and that another has taken over.
export type LifeEvent = 'lost' | 'restored';

export class Listeners {
  readonly #all = { lost: new Set<() => void>(), restored: new Set<() => void>() };

  on(event: LifeEvent, listener: () => void): () => void {
    this.#all[event].add(listener);
    return () => void this.#all[event].delete(listener);
  }

  tell(event: LifeEvent): void {
    for (const listener of [...this.#all[event]]) listener();
  }
}
