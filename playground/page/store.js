// The state: one plain object. `work` is what makes the mask and can be undone; `view` is how it is looked at.

const mask = {
  channel: 'S(HSV)',
  /** Places in the list of frequent colours; with any, the mask is theirs and not the channel's. */
  colors: [],
  black: 0,
  gray: 1,
  white: 255,
  invert: false,
  threshold: null,
  grow: 0,
  feather: 0,
};

export const fresh = {
  work: {
    masks: [mask, { ...mask, channel: 'L(LAB)' }],
    combine: 'none',
    colorMap: { minPixels: 500, maxCount: 12 },
  },
  view: { editing: 0, mode: 'overlay', tint: '#ff3050', opacity: 0.6, ants: true, device: 'wasm' },
};

export function createStore(state) {
  const listeners = new Set();
  let past = [];
  let future = [];
  /** The work as it was when a drag began. */
  let before;

  const tell = () => {
    for (const listener of listeners) listener(store.state);
  };

  const settle = () => {
    if (before && before !== store.state.work) {
      past.push(before);
      future = [];
    }
    before = undefined;
  };

  const travel = (from, to) => {
    settle();
    if (!from().length) return false;
    to().push(store.state.work);
    store.state = { ...store.state, work: from().pop() };
    tell();
    return true;
  };

  const store = {
    state,
    get canUndo() {
      return past.length > 0 || (before !== undefined && before !== store.state.work);
    },
    get canRedo() {
      return future.length > 0;
    },
    subscribe: (listener) => listeners.add(listener),
    look(patch) {
      store.state = { ...store.state, view: { ...store.state.view, ...patch } };
      tell();
    },
    /** `live`: one of many changes of a gesture, which `settle` ends; all of them are one step back. */
    work(patch, { live = false } = {}) {
      const { work } = store.state;
      before ??= work;
      store.state = { ...store.state, work: { ...work, ...patch } };
      if (!live) settle();
      tell();
    },
    /** Change the mask that is being edited. */
    mask(patch, options) {
      const { work, view } = store.state;
      const masks = work.masks.map((one, i) => (i === view.editing ? { ...one, ...patch } : one));
      store.work({ masks }, options);
    },
    settle() {
      settle();
      tell();
    },
    undo: () =>
      travel(
        () => past,
        () => future,
      ),
    redo: () =>
      travel(
        () => future,
        () => past,
      ),
    /** A new picture: the colours picked in the last one mean nothing in it. */
    forget() {
      past = [];
      future = [];
      before = undefined;
      const masks = store.state.work.masks.map((one) => ({ ...one, colors: [] }));
      store.state = { ...store.state, work: { ...store.state.work, masks } };
      tell();
    },
  };
  return store;
}

export const edited = ({ work, view }) => work.masks[view.editing];
export const neutral = mask;
