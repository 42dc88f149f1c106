// The largest size measured, as bars on a logarithmic scale: how many times as long as ours each peer takes.
const colors = {
  memcpy: '#999',
  js: '#e6b800',
  sharp: '#2e9e5b',
  'opencv-js': '#5aa9e6',
  'wasm-vips': '#8a6fd1',
  photon: '#d16fb5',
  'image-js': '#c05a3c',
  pngjs: '#b0883c',
  'fast-png': '#3cb0a8',
  'upng-js': '#7a7a3c',
  pillow: '#d9534f',
  opencv: '#1f5fa8',
  numpy: '#4d4dff',
  scipy: '#ff944d',
  shipped: '#333',
};

export function chart({ machine, date, results }) {
  const last = new Map(results.map(({ job, size }) => [job, size]));
  const bars = [];
  let y = 46;
  for (const [job, size] of last) {
    const lines = results.filter(
      (line) => line.job === job && line.size === size && line.peer !== 'chromask' && line.ratio > 0,
    );
    if (!lines.length) continue;
    bars.push(`<text x="8" y="${y + 11}" font-weight="bold">${job} ${size}</text>`);
    for (const { peer, ratio, verdict } of lines) {
      const wrong = verdict && verdict !== 'exact';
      const [from, to] = [place(1), place(ratio)].sort((p, q) => p - q);
      const width = Math.max(1, to - from).toFixed(1);
      bars.push(
        `<rect x="${from.toFixed(1)}" y="${y + 2}" width="${width}" height="10" fill="${colors[peer]}" opacity="${wrong ? 0.45 : 1}"/>`,
      );
      bars.push(
        `<text x="${(to + 4).toFixed(1)}" y="${y + 11}">${peer} ${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2)}${wrong ? ', not exact' : ''}</text>`,
      );
      y += 13;
    }
    y += 7;
  }
  const ticks = [0.5, 1, 2, 5, 10, 20, 50, 100, 500].map(
    (t) =>
      `<line x1="${place(t)}" x2="${place(t)}" y1="36" y2="${y}" stroke="${t === 1 ? '#000' : '#ddd'}"/><text x="${place(t)}" y="32" text-anchor="middle">${t}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 ${y + 8}" font-family="sans-serif" font-size="10">`,
    '<rect width="100%" height="100%" fill="#fff"/>',
    `<text x="8" y="14">Time as a multiple of chromask's (the line at 1). ${machine}, ${date}. Pale: the answer is not exact.</text>`,
    ...ticks,
    ...bars,
    '</svg>\n',
  ].join('\n');
}

const place = (ratio) => 90 + 200 * Math.log10(Math.max(0.4, Math.min(ratio, 600)) / 0.4);
