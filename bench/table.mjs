// The results as a table for the terminal and as Markdown.
const number = (x) => (x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2));

export function print(name, size, job, lines) {
  console.log(`\n${name} ${size}: ${job.what}`);
  for (const { peer, ms, ratio, verdict, error, bytes } of lines) {
    const reach = job.reach[peer];
    const goal = reach ? ` (to reach ${number(reach)}: ${ratio >= reach ? 'met' : 'missed'})` : '';
    const file = bytes ? ` ${bytes} bytes` : '';
    if (error) console.log(`  ${peer.padEnd(10)} failed: ${error}`);
    else
      console.log(
        `  ${peer.padEnd(10)} ${number(ms).padStart(8)} ms ${number(ratio).padStart(7)} x  ${verdict ?? ''}${file}${goal}`,
      );
  }
}

/** A row for each job and size, a column for each peer: how many times as long as ours, * where the answer is not exact. */
export function markdown({ machine, date, rounds, of, results, first, growth }) {
  const columns = [...new Set(results.map(({ peer }) => peer))].filter((peer) => peer !== 'chromask');
  const rows = Map.groupBy ? Map.groupBy(results, key) : grouped(results);
  const lines = [
    `${machine}, ${date}, ${of} of ${rounds}. chromask in milliseconds, the others as multiples of its time; * = the answer is not exact.`,
    '',
    `| job | size | chromask, ms | ${columns.join(' | ')} |`,
    `|---|---|---|${columns.map(() => '---').join('|')}|`,
  ];
  for (const row of rows.values()) {
    const of = (peer) => row.find((line) => line.peer === peer);
    const ours = of('chromask');
    const cells = columns.map((peer) => {
      const line = of(peer);
      if (!line || line.error || !(line.ratio > 0)) return '';
      return `${number(line.ratio)}${line.verdict && line.verdict !== 'exact' ? '*' : ''}`;
    });
    const own = !ours || ours.error ? 'fails' : `${number(ours.ms)}${ours.verdict === 'exact' ? '' : '*'}`;
    lines.push(`| ${row[0].job} | ${row[0].size} | ${own} | ${cells.join(' | ')} |`);
  }
  if (first)
    lines.push(
      '',
      `First 1024 x 1024 mask after import: ${first.map(({ job, first, warm }) => `${job} ${number(first)} ms (warm ${number(warm)})`).join(', ')}.`,
    );
  if (growth) {
    lines.push('', `Nanoseconds a pixel: | ${growth.sizes.join(' | ')} |`);
    for (const [job, times] of Object.entries(growth.jobs))
      lines.push(`${job} | ${times.map((t) => t.toFixed(2)).join(' | ')} |`);
  }
  return lines.join('\n');
}

const key = ({ job, size }) => `${job} ${size}`;

function grouped(results) {
  const rows = new Map();
  for (const line of results) rows.set(key(line), [...(rows.get(key(line)) ?? []), line]);
  return rows;
}
