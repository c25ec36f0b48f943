/**
 * # How fast a sweep is, beside MPFR doing the same e^x
 *
 *     node dist/tools/rate.js
 *
 * Both in one process, turn by turn; the ratio is that of the fastest turns. The sweep judges as well: it asks
 * the kernel and compares. MPFR has 100 bits, and rounds to float64 only.
 */
import { init } from 'gmp-wasm';
import { loadCandidate } from '../conformance/adapters/index.ts';
import { judgeRange } from '../conformance/sweep/judge.ts';
import { answersOf, questionOf } from '../conformance/sweep/plan.ts';
import type { Plan } from '../conformance/sweep/result.ts';

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
