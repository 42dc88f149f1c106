// What a person or a program sees of the work: a table, lines, a bar on a terminal, or JSON.
import type { Device } from 'chromask';
import type { Command } from './args.js';
import type { Report } from './job.js';
import { jsonLine, printable } from './text.js';

export interface Reporter {
  device(device: Device): void;
  one(report: Report): void;
  end(reports: readonly Report[]): void;
}

export function reporter(command: Command, total: number): Reporter {
  if (command.json) return lines(jsonLine, command);
  if (command.quiet || command.out === '-') return lines((report) => failure(report), command);
  if (total === 1) return table();
  return process.stderr.isTTY ? bar(total) : lines((report) => plain(report), command);
}

function lines(text: (report: Report) => string, { out, json }: Command): Reporter {
  // where the mask itself goes to standard output, nothing else may
  const stream = out === '-' || !json ? process.stderr : process.stdout;
  return { device() {}, one: (report) => void stream.write(text(report)), end() {} };
}

function table(): Reporter {
  let device = '';
  return {
    device(one) {
      device = one.why.length ? `${one.name} (${one.why.join('; ')})` : one.name;
    },
    one(report) {
      if (report.status !== 'made') return void process.stderr.write(failure(report) || plain(report));
      const rows = report.outputs.map(({ label, file, width, height, coverage, bytes, ms }) => [
        label,
        `${width} x ${height}`,
        `${(coverage * 100).toFixed(1)} %`,
        `${(bytes / 1024).toFixed(1)} kB`,
        `${ms.toFixed(1)} ms`,
        printable(file),
      ]);
      process.stdout.write(aligned([['mask', 'size', 'white', 'file size', 'time', 'file'], ...rows]));
      process.stdout.write(`device: ${device}\n`);
    },
    end() {},
  };
}

function bar(total: number): Reporter {
  const start = performance.now();
  let count = 0;
  return {
    device() {},
    one(report) {
      count++;
      const width = 30;
      const full = Math.round((count / total) * width);
      const rate = count / ((performance.now() - start) / 1000);
      process.stderr.write(`\r\x1b[K${failure(report)}`);
      process.stderr.write(`[${'#'.repeat(full)}${'.'.repeat(width - full)}] ${count}/${total}  ${rate.toFixed(1)}/s`);
    },
    end: (reports) => void process.stderr.write(`\n${summary(reports)}\n`),
  };
}

const failure = ({ input, error }: Report): string =>
  error ? `${printable(`failed ${input}: ${error.message}`)}\n` : '';

function plain(report: Report): string {
  const files = report.outputs.map(({ file }) => file).join(', ');
  const { status, input, reason } = report;
  const line = `${status} ${input}${files ? ` -> ${files}` : ''}${reason ? `: ${reason}` : ''}`;
  return failure(report) || `${printable(line)}\n`;
}

function summary(reports: readonly Report[]): string {
  const count = (status: Report['status']): number => reports.filter((one) => one.status === status).length;
  const reasons = new Map<string, number>();
  for (const { reason } of reports) if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const skipped = [...reasons].map(([reason, count]) => `\nskipped ${count}: ${reason}`).join('');
  return `${count('made')} made, ${count('skipped')} skipped, ${count('failed')} failed${skipped}`;
}

export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
