/**
 * # How fast a sweep is, beside MPFR doing the same e^x
 *
 *     node dist/tools/rate.js
 *
 * Both in one process, turn by turn; the ratio is that of the fastest turns. The sweep judges as well: it asks
 * the kernel and compares. MPFR has 100 bits, and rounds to float64 only. Then the same parts by one worker
 * and by two, and what is resident after some of them and after all.
 */
import { init } from 'gmp-wasm';
import { loadCandidate } from '../conformance/adapters/index.ts';
import { partsOf } from '../conformance/sweep/blocks.ts';
import { judgeRange } from '../conformance/sweep/judge.ts';
import { answersOf, questionOf } from '../conformance/sweep/plan.ts';
import { nothing, type Plan, resultOf } from '../conformance/sweep/result.ts';
import { inThread, sweepParts } from '../conformance/sweep/sweep.ts';
import { float32 } from '../spec/format.ts';

const TURNS = 5;
/** Inputs from 4 on, where e^x takes all that there is. */
const [FROM, SWEPT, ASKED] = [0x40800000, 2 ** 21, 2 ** 17];

const { binding } = await init();
const [x, y] = [binding.mpfr_t(), binding.mpfr_t()];
for (const number of [x, y]) binding.mpfr_init2(number, 100 as never);
const patterns = Uint32Array.from({ length: ASKED }, (_, i) => FROM + i * 16);
const inputs = new Float32Array(patterns.buffer);

function byMpfr(): number {
  let sum = 0;
  for (const input of inputs) {
    binding.mpfr_set_d(x, input as never, 0 as never);
    binding.mpfr_exp(y, x, 0 as never);
    sum += binding.mpfr_get_d(y, 0 as never);
  }
  return sum;
}

const plan: Plan = {
  ...{ version: '', op: 'exponential', params: {}, candidate: 'fast' },
  ...{ of: 'value', format: 'f32' },
};
const answer = await answersOf(await loadCandidate('fast'), plan);
const question = questionOf(plan);

const times = { sweep: Infinity, mpfr: Infinity };
for (let turn = 0; turn < TURNS; turn++) {
  const begin = performance.now();
  const { histogram } = await judgeRange(question, { from: FROM, to: FROM + SWEPT }, answer);
  const middle = performance.now();
  if (histogram.right !== SWEPT || !(byMpfr() > 0)) throw new Error('a wrong result');
  times.sweep = Math.min(times.sweep, (middle - begin) / SWEPT);
  times.mpfr = Math.min(times.mpfr, (performance.now() - middle) / ASKED);
}
const [sweep, mpfr] = [times.sweep, times.mpfr].map((ms) => (ms * 1e6).toFixed(1));
process.stdout.write(
  `sweep ${sweep} ns an input, MPFR ${mpfr} ns: ${(times.mpfr / times.sweep).toFixed(1)} times as fast\n`,
);

/** Parts from 2⁻²³ on, where e^x takes the longest, and as many again below 0. */
const [FIRST, PARTS] = [104, 24];
const parts = [0, 256].flatMap((sign) =>
  partsOf(1, 1, float32).slice(sign + FIRST, sign + FIRST + PARTS),
);
const resident = (): string => `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`;

/** Milliseconds of all parts, once the workers are warm; and what is resident meanwhile. */
async function sweptBy(workers: number): Promise<{ time: number; memory: readonly string[] }> {
  const task = { plan, candidate: 'fast', patience: {} } as const;
  const judges = Array.from({ length: workers }, () => inThread(task));
  const memory: string[] = [];
  let begin = performance.now();
  let done = 0;
  await sweepParts(parts, resultOf(plan, [], nothing), judges, {
    onPart() {
      done++;
      if (done === workers) begin = performance.now();
      if (done === parts.length / 4 || done === parts.length) memory.push(resident());
    },
    isOver: () => false,
  });
  return { time: (performance.now() - begin) / (parts.length - workers), memory };
}
const [one, two] = [await sweptBy(1), await sweptBy(2)];
process.stdout.write(
  `two workers are ${(one.time / two.time).toFixed(2)} times as fast as one; resident after a quarter and after all ${two.memory.join(' and ')}\n`,
);
