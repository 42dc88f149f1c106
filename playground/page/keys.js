// Keys that work everywhere on the page.

export function createKeys({ undo, redo, open, save }) {
  const keys = { z: (event) => (event.shiftKey ? redo() : undo()), y: redo, o: open, s: save };
  addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const run = keys[event.key.toLowerCase()];
    if (!run) return;
    event.preventDefault();
    // what is being typed into a field counts as typed
    if (event.target.matches?.('input[type="number"]')) event.target.dispatchEvent(new Event('change'));
    run(event);
  });
}
