// The state: one plain object. `work` is what makes the mask of `picture`; both can be undone. `view` is how it is looked at.

const mask = {
  channel: 'S(HSV)',
  /** Places in the list of frequent colours; with any, the mask is theirs and not the channel's. */
  colors: [],
  /** What was selected by hand, in order; if the first is `new`, in the place of channel and colours. */
  marks: [],
  black: 0,
  gray: 1,
  white: 255,
  invert: false,
  threshold: null,
  holes: false,
  specks: 0,
  grow: 0,
  blur: 0,
  feather: 0,
};

export const fresh = {
  work: {
    masks: [mask, { ...mask, channel: 'L(LAB)' }],
    combine: 'none',
    colorMap: { minPixels: 500, maxCount: 32 },
  },
  view: {
    editing: 0,
    mode: 'overlay',
    tint: '#ff3050',
    opacity: 0.6,
    ants: true,
    device: 'wasm',
    tool: 'wand',
    /** How a gesture joins what is selected: `new`, `add` or `subtract`. */
    how: 'new',
    tolerance: 32,
    contiguous: true,
    brush: 16,
    /** Where the picture without mask ends, as a share of its width; null: not split. */
    split: null,
    code: 'ts',
  },
  /** What is open: `from` a Blob, by its name. */
  picture: undefined,
};

/** What one step back restores. */
const point = ({ work, picture }) => ({ work, picture });
const differs = (a, b) => a.work !== b.work || a.picture !== b.picture;

export function createStore(state) {
  const listeners = new Set();
  const past = [];
  let future = [];
  /** The state as it was when a gesture began. */
  let before;

  const tell = () => {
    for (const listener of listeners) listener(store.state);
  };

  const settle = () => {
    if (before && differs(before, store.state)) {
      past.push(before);
      future = [];
    }
    before = undefined;
  };

  const travel = (from, to) => {
    settle();
    if (!from().length) return false;
    to().push(point(store.state));
    store.state = { ...store.state, ...from().pop() };
    tell();
    return true;
  };

  const store = {
    state,
    get canUndo() {
      return past.length > 0 || (before !== undefined && differs(before, store.state));
    },
    /** Whether a gesture has not ended. */
    get lasts() {
      return before !== undefined;
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
      before ??= point(store.state);
      store.state = { ...store.state, work: { ...store.state.work, ...patch } };
      if (!live) settle();
      tell();
    },
    /** Change the mask that is being edited. */
    mask(patch, options) {
      const { work, view } = store.state;
      const masks = work.masks.map((one, i) => (i === view.editing ? { ...one, ...patch } : one));
      store.work({ masks }, options);
    },
    /** One more selection by hand; `new` takes the place of all that were there. */
    mark(one, marks = edited(store.state).marks, options = undefined) {
      const fresh = one.how === 'new';
      store.mask({ marks: fresh ? [one] : [...marks, one], ...(fresh && { colors: [] }) }, options);
    },
    settle() {
      settle();
      tell();
    },
    /** Take a gesture back that has not ended. */
    cancel() {
      if (before) store.state = { ...store.state, ...before };
      before = undefined;
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
    /** A new picture is one step; what was picked by place in the last one means nothing in it. `keep` is for the first. */
    opened(picture, { keep = false } = {}) {
      settle();
      if (store.state.picture) {
        past.push(point(store.state));
        future = [];
      }
      const masks = store.state.work.masks.map((one) => (keep ? one : { ...one, colors: [], marks: [] }));
      store.state = { ...store.state, picture, work: { ...store.state.work, masks } };
      tell();
    },
  };
  return store;
}

export const edited = ({ work, view }) => work.masks[view.editing];
export const neutral = mask;
/** Whether the mask begins with the channel, and not with colours or with what was selected by hand. */
export const usesChannel = ({ colors, marks }) => colors.length === 0 && marks[0]?.how !== 'new';
