// Finds faults of a page from inside, a line for each. Runs in the page, so it imports nothing.

export function audit(): string[] {
  const faults: string[] = [];
  const nameOf = (one: Element): string =>
    `${one.tagName.toLowerCase()}${one.id ? `#${one.id}` : ''}${one.getAttribute('name') ? `[${one.getAttribute('name')}=${one.getAttribute('value')}]` : ''}`;
  const seen = (one: Element): boolean => {
    if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    const { width, height } = one.getBoundingClientRect();
    return width > 1 && height > 1 && !one.closest('.unseen');
  };

  /** The colour as red, green, blue and alpha, from any notation. */
  const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgba = (color: string): number[] => {
    if (!context) return [0, 0, 0, 0];
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a]: number[], below: number[]): number[] => [
    ...[r, g, b].map((value, i) => value * a + below[i] * (1 - a)),
    1,
  ];
  const behind = (one: Element | null): number[] => {
    if (!one) return rgba('white');
    const own = rgba(getComputedStyle(one).backgroundColor);
    return own[3] === 1 ? own : over(own, behind(one.parentElement));
  };
  const light = (color: number[]): number => {
    const [r, g, b] = color.map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: number[], b: number[]): number => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  /** What is switched off need not stand out. */
  const off = (one: Element): boolean =>
    one.matches(':disabled') ||
    one.closest(':disabled') !== null ||
    one.parentElement?.querySelector(':scope > :disabled') !== null;

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const checked = new Set<Element>();
  while (texts.nextNode()) {
    const one = texts.currentNode.parentElement;
    if (!one || checked.has(one) || !texts.currentNode.textContent?.trim() || !seen(one) || off(one)) continue;
    checked.add(one);
    const under = behind(one);
    const found = contrast(over(rgba(getComputedStyle(one).color), under), under);
    if (found < 4.5)
      faults.push(`${nameOf(one)} "${one.textContent?.trim().slice(0, 20)}": contrast ${found.toFixed(2)}`);
  }
  for (const one of document.querySelectorAll(
    'input[type="number"], select, button:not(.plain, .main, .menu button, #swatches button)',
  )) {
    if (!seen(one) || off(one)) continue;
    const found = contrast(
      over(rgba(getComputedStyle(one).borderColor), behind(one.parentElement)),
      behind(one.parentElement),
    );
    if (found < 3) faults.push(`${nameOf(one)}: its edge has contrast ${found.toFixed(2)}`);
  }

  const controls = [
    ...document.querySelectorAll('button, select, input:not([type="file"]), [role="slider"], a'),
  ].filter((one) => seen(one) || (one.matches('.segments input, .film input') && seen(one.parentElement as Element)));
  for (const one of controls) {
    const labelled = (one as HTMLInputElement).labels?.length
      ? [...((one as HTMLInputElement).labels ?? [])].map((label) => label.textContent).join('')
      : '';
    const name = one.getAttribute('aria-label') || labelled || one.textContent;
    if (!name?.trim()) faults.push(`${nameOf(one)}: has no name`);
    const box = one.matches('input[type="checkbox"], input[type="radio"]') ? (one.closest('label') ?? one) : one;
    const { width, height } = box.getBoundingClientRect();
    if (!one.matches('a') && (width < 24 || height < 24))
      faults.push(`${nameOf(one)}: ${width} x ${height} is hard to hit`);
  }

  // of two that are no parents of each other, none may lie on the other; what lies over the stage is meant to
  const boxes = controls
    .filter((one) => !one.closest('.stage, [popover]'))
    .map((one) => (one.matches('input[type="checkbox"], input[type="radio"]') ? (one.closest('label') ?? one) : one))
    .concat([...document.querySelectorAll('.file, .pitch, h2, #times, #difference, #selected, .stage')].filter(seen));
  const scrolls = (one: Element): Element | null => one.closest('.panel, .film, pre');
  for (const [i, a] of boxes.entries()) {
    for (const b of boxes.slice(i + 1)) {
      if (
        a === b ||
        a.contains(b) ||
        b.contains(a) ||
        scrolls(a) !== scrolls(b) ||
        [a, b].some((one) => one.matches('.point'))
      )
        continue;
      const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
      const across = Math.min(p.right, q.right) - Math.max(p.left, q.left);
      const down = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
      if (across > 1 && down > 1)
        faults.push(`${nameOf(a)} and ${nameOf(b)} overlap by ${across.toFixed()} x ${down.toFixed()}`);
    }
  }
  for (const one of document.querySelectorAll('button, .segments span, label > span, h2')) {
    if (
      seen(one) &&
      one.scrollWidth > one.clientWidth + 1 &&
      !one.closest('.film') &&
      getComputedStyle(one).display !== 'inline'
    )
      faults.push(`${nameOf(one)} "${one.textContent?.trim().slice(0, 20)}": its text is cut`);
  }

  const levels = [...document.querySelectorAll('h1, h2, h3')].map((one) => Number(one.tagName[1]));
  if (levels.filter((level) => level === 1).length !== 1) faults.push('there is not one h1');
  for (const role of ['header', 'main', 'footer'])
    if (document.querySelectorAll(role).length !== 1) faults.push(`there is not one ${role}`);
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push(`#${id} is there twice`);
  for (const attribute of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for'])
    for (const one of document.querySelectorAll(`[${attribute}]`))
      for (const id of (one.getAttribute(attribute) ?? '').split(' '))
        if (!document.getElementById(id)) faults.push(`${nameOf(one)}: ${attribute} names #${id}, which is not there`);
  return faults;
}
