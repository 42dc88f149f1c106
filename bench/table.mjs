// Prints the results as a table for the terminal and as Markdown.
export const number = (x) => (x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x.toFixed(2));

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

/** The effect of more threads: chromask's gain over one thread, and the peers on as many. */
export function printThreads(lines) {
  for (const threads of new Set(lines.map((line) => line.threads).filter((n) => n > 1))) {
    for (const { peer, ms, ratio, gain, error } of lines.filter((line) => line.threads === threads)) {
      const name = `${peer} on ${threads}`.padEnd(15);
      if (error) console.log(`  ${name} failed: ${error}`);
      else
        console.log(
          `  ${name} ${number(ms).padStart(8)} ms ${number(ratio).padStart(7)} x  ${number(gain)} of its one`,
        );
    }
  }
}

/** A row for each job on several threads: chromask's speed-up over one thread, and the peers' times relative to it. */
export function threadsTable(shared) {
  const columns = [...new Set(shared.map(({ peer }) => peer))].filter((peer) => peer !== 'chromask');
  const lines = [
    `| job | size | threads | chromask, ms | of its one thread | ${columns.join(' | ')} |`,
    `|---|---|---|---|---|${columns.map(() => '---').join('|')}|`,
  ];
  for (const ours of shared.filter(({ peer, error }) => peer === 'chromask' && !error)) {
    const { job, size, threads, ms, gain } = ours;
    const cells = columns.map((peer) => {
      const line = shared.find(
        (one) => one.peer === peer && one.job === job && one.size === size && one.threads === threads,
      );
      return line && !line.error && line.ratio > 0 ? number(line.ratio) : '';
    });
    lines.push(`| ${job} | ${size} | ${threads} | ${number(ms)} | ${number(gain)} | ${cells.join(' | ')} |`);
  }
  return lines.join('\n');
}

/** A row for each format and number of workers: pictures a second, and megabytes. */
export function bulkTable(lines) {
  const peers = [...new Set(lines.map(({ peer }) => peer))];
  const rows = [...new Set(lines.map(({ format, workers }) => `${format} ${workers}`))].map((key) => {
    const own = lines.filter(({ format, workers }) => `${format} ${workers}` === key);
    const cells = peers.map((peer) => {
      const line = own.find((one) => one.peer === peer);
      return line && !line.error ? `${number(line.rate)} (${line.mb.toFixed(0)} MB)` : '';
    });
    return `| ${own[0].format} | ${own[0].workers} | ${cells.join(' | ')} |`;
  });
  return [
    'Pictures of 1920 x 1080 a second, of whole programs that write the lightness of a folder of them as PNG (in brackets, the most memory):',
    '',
    `| from | workers | ${peers.join(' | ')} |`,
    `| --- | --- | ${peers.map(() => '---').join(' | ')} |`,
    ...rows,
  ].join('\n');
}

/**
 * Each ratio to reach, and whether it was reached. A peer whose answer is not exact is marked, because it did less.
 */
export function goals({ machine, date, rounds, of, results }, jobs, size = '4k') {
  const lines = [
    `${machine}, ${date}, ${of} of ${rounds} in one run, 3840 x 2160 (PNG files 1920 x 1080), one thread each. How many times as`,
    'long as chromask the others take, in brackets what was to be reached; *: its answer is not exact.',
    '',
    '| job | chromask | against |',
    '| --- | --- | --- |',
  ];
  for (const [name, { what, reach, sizes }] of Object.entries(jobs)) {
    const row = results.filter((line) => line.job === name && line.size === (sizes && size === '4k' ? 'hd' : size));
    const ours = row.find(({ peer }) => peer === 'chromask');
    if (!ours) continue;
    const cells = Object.entries(reach).flatMap(([peer, goal]) => {
      const line = row.find((one) => one.peer === peer);
      if (!(line?.ratio > 0)) return [];
      const wrong = line.verdict && line.verdict !== 'exact' ? '*' : '';
      return `${peer} ${number(line.ratio)}x${wrong} (${number(goal)}, ${line.ratio >= goal ? 'met' : 'missed'})`;
    });
    lines.push(`| ${name} ${what} | ${number(ours.ms)} ms | ${cells.join(', ')} |`);
  }
  return lines.join('\n');
}

/**
 * A row for each job and size, a column for each peer: its time relative to chromask's, with * if its answer is not
 * exact.
 */
export function markdown({ machine, date, rounds, of, results, shared, bulk, first, growth, shapes }) {
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
  if (bulk) lines.push('', bulkTable(bulk));
  if (shared) lines.push('', 'On several threads, each as many:', '', threadsTable(shared));
  if (first)
    lines.push(
      '',
      `First 1024 x 1024 mask, from import on: ${first.map(({ job, first, warm }) => `${job} ${number(first)} ms (warm ${number(warm)})`).join(', ')}.`,
    );
  if (growth) {
    lines.push(
      '',
      `| ns a pixel | ${growth.sizes.join(' | ')} |`,
      `| --- | ${growth.sizes.map(() => '---').join(' | ')} |`,
    );
    for (const [job, times] of Object.entries(growth.jobs))
      lines.push(`| ${job} | ${times.map((t) => t.toFixed(2)).join(' | ')} |`);
  }
  if (shapes) {
    const list = (times) =>
      Object.entries(times)
        .map(([at, ms]) => `${at}: ${number(ms)}`)
        .join(', ');
    for (const [shape, times] of Object.entries(shapes.grown))
      lines.push('', `Milliseconds to grow a 4K mask by a ${shape} of radius ${list(times)}.`);
    lines.push('', `Milliseconds for a chain of so many tables at 4K: ${list(shapes.tables)}.`);
    lines.push('', `Milliseconds for eight pictures of 1024 x 1024, L(LAB): ${list(shapes.batch)}.`);
  }
  return lines.join('\n');
}

const key = ({ job, size }) => `${job} ${size}`;

function grouped(results) {
  const rows = new Map();
  for (const line of results) rows.set(key(line), [...(rows.get(key(line)) ?? []), line]);
  return rows;
}

/** A short table for newcomers: these jobs, against the library that most people use for them. */
const few = [
  ['J2', 'pillow', 'Pillow'],
  ['J5', 'pillow', 'Pillow'],
  ['J7g', 'scipy', 'SciPy'],
  ['J8', 'sharp', 'sharp'],
];

export function fast({ machine, date, results }, jobs) {
  const lines = few.flatMap(([job, peer, name]) => {
    const size = jobs[job].sizes ? 'hd' : '4k';
    const row = results.filter((one) => one.job === job && one.size === size);
    const [ours, theirs] = ['chromask', peer].map((who) => row.find((one) => one.peer === who));
    if (!ours || !theirs) return [];
    const pixels = size === 'hd' ? '1920 x 1080' : '3840 x 2160';
    return [`| ${jobs[job].what}, ${pixels} | ${number(ours.ms)} ms | ${name}: ${number(theirs.ms)} ms |`];
  });
  return [
    '| | chromask on WASM | elsewhere |',
    '| --- | --- | --- |',
    ...lines,
    '',
    `Medians of one run on one thread each, ${machine}, ${date}; [all jobs, peers and sizes](bench/README.md).`,
  ].join('\n');
}
