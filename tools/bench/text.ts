/** # The report for people: pure functions of its data */
import { table } from '../../conformance/table.ts';
import { AROUND, PASSES, type Profile } from './profile.ts';
import type { Line, Report, Result, Timed } from './report.ts';
import type { Cost } from './rounding.ts';

/** Machine, versions, and who did not come. */
export function heading({ version, machine, peers, settings }: Omit<Report, 'results'>): string {
  const fma = machine.fma ? 'with' : 'without';
  const came = peers.map((peer) =>
    'version' in peer ? [peer.name, peer.version] : [peer.name, `not run: ${peer.reason}`],
  );
  return [
    `touchstone ${version}\n`,
    `${machine.cpu}, ${machine.cores} cores, ${machine.features}; load ${machine.load.toFixed(1)}\n`,
    `Node ${machine.node}, V8 ${machine.v8}, ${machine.platform}, WebAssembly ${fma} fused multiply-add\n`,
    `${settings.seconds} s in ${settings.rounds} rounds for each, taking turns; inputs from seed ${settings.seed}\n`,
    table(came),
  ].join('');
}

/** The table of one case. */
export function block({ op, pass, size, lines }: Result): string {
  const titles = pass === 'forward' ? TITLES.slice(0, -1) : TITLES;
  const numbers = [titles, ...lines.map(cells)];
  const widths = titles.map((_, j) => Math.max(...numbers.map((row) => row?.[j]?.length ?? 0)));
  const aligned = numbers.map((row) => widths.map((n, j) => row?.[j]?.padStart(n)).join('  '));
  const rows = lines.map((line, i) => [
    line.name,
    'reason' in line ? `not run: ${line.reason}` : `${aligned[i + 1]}${remark(line)}`,
  ]);
  return `\n${op} ${pass}, ${size}\n${table([['', aligned[0]!], ...rows])}`;
}

/** A line for what rounding costs one kernel, its title if there is no cost. */
export function costLine(cost?: Cost): string {
  const cells = cost
    ? [
        ...[cost.kernel, cost.reading, cost.size, digits(cost.rounded.min), digits(cost.fast.min)],
        ...[digits(cost.ratio.min), `(${digits(cost.ratio.median)})`],
      ]
    : ['', '', 'size', 'rounded', 'fast alone', 'ratio', '(median)'];
  const [name = '', ...rest] = cells;
  return `${name.padEnd(12)}${rest.map((cell) => cell.padStart(11)).join('')}\n`;
}

/** A line of a profile, its title if there is none. */
export function profileLine(profile?: Profile): string {
  const names = [...PASSES, ...AROUND.slice(0, -1), 'rest', 'operator'] as const;
  const cells = names.map((name) => (profile ? profile.parts[name].toFixed(2) : name));
  const line = cells.map((cell, i) => cell.padStart(names[i]!.length + 2)).join('');
  return `${(profile?.size ?? '').padEnd(10)}${line}\n`;
}

const TITLES = ['ns/element', '(median)', '× ours', '(median)', 'ulp', 'gradient'];

function cells(line: Line): readonly string[] | undefined {
  if ('reason' in line) return undefined;
  const { ns, ratio, ulps } = line;
  return [
    digits(ns.min),
    `(${digits(ns.median)})`,
    ratio ? digits(ratio.min) : '',
    ratio ? `(${digits(ratio.median)})` : '',
    inUlps(ulps.value),
    inUlps(ulps.gradient),
  ];
}

const remark = ({ wrong }: Timed): string => (wrong === undefined ? '' : `  WRONG: ${wrong}`);

const MANY = 1000;
function inUlps(error: number | null | undefined): string {
  if (error === undefined) return '';
  if (error === null) return 'NaN';
  return error < MANY ? error.toFixed(2) : error.toExponential(1);
}

/** Three digits, all of them where there are more before the point; two of what is small. */
function digits(x: number): string {
  if (x >= 100) return x.toFixed(0);
  if (x >= 10) return x.toFixed(1);
  return x >= 0.1 ? x.toFixed(2) : x.toPrecision(2);
}

export const footing = ({ notes }: Pick<Report, 'notes'>): string =>
  `\n${notes.map((note) => `- ${note}\n`).join('')}`;
