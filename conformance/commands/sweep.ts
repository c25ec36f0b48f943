/** # `touchstone sweep`: every input there is */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { settle } from '../../spec/param.ts';
import { loadCandidate, type Named, type Patience } from '../adapters/index.ts';
import { EXIT, failure, messageOf } from '../failure.ts';
import { FORMATS, isFormat } from '../formats.ts';
import { findOperator } from '../operators.ts';
import { type Bad, shardOf } from '../plan.ts';
import { PARTS, partsOf, patternsIn } from '../sweep/blocks.ts';
import { questionOf } from '../sweep/plan.ts';
import { described, exitCodeOf, readResult, written } from '../sweep/report.ts';
import { hashOf, nothing, type Plan, type Result, resultOf } from '../sweep/result.ts';
import { inThread, sweepParts } from '../sweep/sweep.ts';
import type { Terminal } from '../terminal.ts';
import { version } from '../version.ts';
import { interruptions, progressOn } from '../watching.ts';
import { writeWhole } from '../whole.ts';

export interface SweepOptions extends Patience {
  readonly derivative?: boolean;
  readonly params?: string;
  readonly format: string;
  readonly shard: string;
  readonly jobs?: string;
  readonly out?: string;
  readonly resume?: boolean;
  readonly json?: boolean;
}

/** Files are written at most so often, in milliseconds. */
const PAUSE = 2000;

/** Prints what was found and returns the exit code. */
export async function sweep(
  op: string,
  named: Named,
  options: SweepOptions,
  terminal: Terminal,
): Promise<number> {
  const plan = await planFor(op, named, options);
  const parts = partsIn({ shard: options.shard, format: plan.format });
  const before = await resumed(plan, options);
  const size = patternsIn(FORMATS[plan.format]);
  const { came, end } = interruptions();
  const progress = progressOn(terminal);
  const rate = rateFrom(
    before.inputs,
    parts.reduce((sum, { from, to }) => sum + to - from, 0),
  );
  let saved = Date.now();
  const judges = Array.from({ length: Math.min(jobsOf(options), parts.length) }, () =>
    inThread({ plan, candidate: named, patience: options }),
  );
  const result = await sweepParts(parts, before, judges, {
    async onPart(soFar) {
      progress.show(`${op} ${plan.of}: ${rate(soFar.inputs)}`);
      if (options.out === undefined || Date.now() - saved < PAUSE) return;
      saved = Date.now();
      await writeWhole(options.out, written(soFar));
    },
    isOver: came,
  });
  end();
  progress.end();
  if (options.out !== undefined) await writeWhole(options.out, written(result));
  await terminal.print(options.json ? written(result, 0) : described(result, size));
  return came() ? EXIT.interrupted : exitCodeOf(result);
}

async function planFor(id: string, named: Named, options: SweepOptions): Promise<Plan> {
  const op = findOperator(id);
  const { derivative = false, format } = options;
  if (!isFormat(format)) throw bad('format', format, `one of ${Object.keys(FORMATS).join(', ')}`);
  const params = paramsOf(op.id, options.params);
  const candidate = await loadCandidate(named, options);
  const { impl } = await candidate.hello();
  await candidate.close?.();
  const plan: Plan = {
    ...{ version, op: op.id, params, of: derivative ? 'derivative' : 'value', format },
    candidate: `${impl.name} ${impl.version}`,
  };
  questionOf(plan);
  return plan;
}

function paramsOf(id: string, text = '{}'): Plan['params'] {
  try {
    return settle(findOperator(id), JSON.parse(text)) as Plan['params'];
  } catch (problem) {
    throw failure(EXIT.usage, `sweep: --params ${text}: ${messageOf(problem)}`, problem);
  }
}

const bad: Bad = (option, came, due) =>
  failure(EXIT.usage, `sweep: --${option} ${came} should be ${due}`);

function partsIn({ shard, format }: Pick<SweepOptions, 'shard'> & Pick<Plan, 'format'>) {
  const { index, of } = shardOf(shard, bad);
  if (of > PARTS) throw bad('shard', shard, `one of ${PARTS} at most`);
  return partsOf(index, of, FORMATS[format]);
}

function jobsOf({ jobs = String(availableParallelism()) }: SweepOptions): number {
  const count = Number(jobs);
  if (Number.isInteger(count) && count >= 1 && count <= PARTS) return count;
  throw bad('jobs', jobs, `a whole number from 1 to ${PARTS}`);
}

async function resumed(plan: Plan, { out, resume = false }: SweepOptions): Promise<Result> {
  const fresh = resultOf(plan, [], nothing);
  if (!resume) return fresh;
  if (out === undefined)
    throw failure(EXIT.usage, 'sweep: --resume goes with --out FILE, what to resume');
  let text: string;
  try {
    text = await readFile(out, 'utf8');
  } catch (problem) {
    if ((problem as NodeJS.ErrnoException).code === 'ENOENT') return fresh;
    throw problem;
  }
  const before = readResult('sweep', out, text);
  if (before.planHash === hashOf(plan)) return before;
  throw failure(EXIT.usage, `sweep: ${out} is of another plan, ${JSON.stringify(before.plan)}`);
}

/** Share, rate and time left, since the sweep began. */
function rateFrom(before: number, due: number): (inputs: number) => string {
  const start = Date.now();
  return (inputs) => {
    const seconds = (Date.now() - start) / 1000;
    const perSecond = (inputs - before) / Math.max(seconds, 0.001);
    const left = Math.max(0, Math.round((due - inputs) / Math.max(perSecond, 1)));
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    return `${Math.floor((100 * inputs) / due)} %, ${(perSecond / 1e6).toFixed(1)} million inputs a second, ${clock} left`;
  };
}
