// Colours that look alike as one: twelve reds of a photo are one red to click.

/** The distance in red, green and blue from which two colours look different. */
const APART = 48;
/** More groups than this are more than can be told from each other. */
const MOST = 18;

const apart = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** Groups of places in the list, each led by its most frequent colour; the list begins with the most frequent. */
export function grouped(colors, counts) {
  const groups = [];
  for (const [place, color] of colors.entries()) {
    const near = groups.find((one) => apart(one.color, color) < APART);
    if (near) {
      near.places.push(place);
      near.count += counts[place];
    } else groups.push({ color, places: [place], count: counts[place] });
  }
  return groups.sort((a, b) => b.count - a.count).slice(0, MOST);
}
