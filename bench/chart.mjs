// Draws the results: for each job, at the largest size measured, the time of each peer relative to chromask's.
import { jobs } from './jobs.mjs';

const peers = {
  memcpy: ['#8c8c8c', 'square'],
  js: ['#b8860b', 'circle'],
  sharp: ['#2e9e5b', 'circle'],
  'opencv-js': ['#3d8fd1', 'square'],
  'wasm-vips': ['#8a6fd1', 'circle'],
  photon: ['#d16fb5', 'diamond'],
  'image-js': ['#c05a3c', 'square'],
  pngjs: ['#b0883c', 'diamond'],
  'fast-png': ['#2fa096', 'diamond'],
  'upng-js': ['#87873c', 'square'],
  pillow: ['#e0524e', 'circle'],
  opencv: ['#4f86d9', 'diamond'],
  numpy: ['#7070ff', 'square'],
  'numpy-table': ['#a0a0ff', 'diamond'],
  scipy: ['#f08030', 'diamond'],
  shipped: ['#777', 'circle'],
};
const WIDTH = 860;
const [LEFT, RIGHT] = [330, 832];
const ROW = 22;
const [LEAST, MOST] = [0.5, 1000];
/** The names of sizes in results. */
const sizes = { '1k': '1024 × 1024', hd: '1920 × 1080', '4k': '3840 × 2160', '8k': '8192 × 8192' };

const place = (ratio) => {
  const share = Math.log(Math.min(Math.max(ratio, LEAST), MOST) / LEAST) / Math.log(MOST / LEAST);
  return (LEFT + (RIGHT - LEFT) * share).toFixed(1);
};

const shapes = {
  circle: (x, y) => `<circle cx="${x}" cy="${y}" r="4.5"`,
  square: (x, y) => `<rect x="${x - 4}" y="${y - 4}" width="8" height="8"`,
  diamond: (x, y) => `<path d="M${x} ${y - 5.5}l5.5 5.5l-5.5 5.5l-5.5-5.5z"`,
};
/** Hollow if its answer is not exact. */
const mark = (peer, x, y, hollow, title) => {
  const [color, shape] = peers[peer] ?? ['#777', 'circle'];
  const paint = hollow ? `class="hollow" stroke="${color}"` : `fill="${color}"`;
  return `${shapes[shape](Number(x), y)} ${paint}><title>${title}</title>${{ circle: '</circle>', square: '</rect>', diamond: '</path>' }[shape]}`;
};

export function chart({ machine, date, results }) {
  const last = new Map(results.map(({ job, size }) => [job, size]));
  const rows = [...last].flatMap(([job, size]) => {
    const lines = results.filter(
      (one) => one.job === job && one.size === size && one.peer !== 'chromask' && one.ratio > 0,
    );
    return lines.length ? [{ job, size, lines }] : [];
  });
  const used = [...new Set(rows.flatMap(({ lines }) => lines.map(({ peer }) => peer)))].sort();
  const [first] = rows;
  const same = rows.every(({ size }) => size === first?.size);
  const shared =
    same && first ? `Pictures of ${sizes[first.size] ?? first.size} pixels.` : 'The largest size measured of each.';
  const columns = 8;
  const legend = used.map((peer, i) => {
    const [x, y] = [16 + (i % columns) * 104, 58 + Math.floor(i / columns) * 18];
    return `${mark(peer, x, y, false, peer)}<text x="${x + 10}" y="${y + 4}">${peer}</text>`;
  });
  const top = 58 + Math.ceil(used.length / columns) * 18 + 22;
  const bottom = top + rows.length * ROW;
  const ticks = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((ratio) => {
    const x = place(ratio);
    return `<line x1="${x}" x2="${x}" y1="${top - 6}" y2="${bottom}" class="${ratio === 1 ? 'one' : 'tick'}"/><text x="${x}" y="${top - 10}" class="middle quiet">${ratio} ×</text>`;
  });
  const lines = rows.flatMap(({ job, lines }, i) => {
    const y = top + i * ROW + ROW / 2;
    const all = lines.map(({ peer, ratio, verdict }) => {
      const wrong = Boolean(verdict) && verdict !== 'exact';
      return mark(
        peer,
        place(ratio),
        y,
        wrong,
        `${peer}: ${ratio.toFixed(2)} times as long${wrong ? ', not exact' : ''}`,
      );
    });
    return [`<text x="12" y="${y + 4}">${jobs[job]?.what ?? job}</text>`, ...all];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 12}" font-family="system-ui, sans-serif" font-size="11">`,
    '<style>',
    'svg { background: #fff } text { fill: #1b1b1d } .quiet { fill: #5d5d63 } .middle { text-anchor: middle }',
    '.tick { stroke: #ddd } .one { stroke: #1b1b1d; stroke-width: 1.5 } .hollow { fill: none; stroke-width: 1.6 }',
    '@media (prefers-color-scheme: dark) { svg { background: #161618 } text { fill: #ededef } .quiet { fill: #a6a6ae } .tick { stroke: #333 } .one { stroke: #ededef } }',
    '</style>',
    `<text x="12" y="18" font-size="13" font-weight="600">Time relative to chromask on WASM: to the right of 1 × it takes longer than chromask</text>`,
    `<text x="12" y="36" class="quiet">${machine}, ${date}. Hollow: its answer is not exact. ${shared}</text>`,
    ...legend,
    ...ticks,
    ...lines,
    '</svg>\n',
  ].join('\n');
}
