/**
 * # Every n-th float32 of every elementwise operator and its derivative, against the oracle
 *
 *     node dist/tools/sweep.js [--stride 4093] [--op GLOB]
 *
 * An odd stride meets every residue of the low bits. Counts results that are not the correctly
 * rounded ones, bit for bit, and exits 1 if there are any; a NaN is any NaN.
 */
import { Command } from 'commander';
import { EXIT } from '../conformance/failure.ts';
import { operators } from '../conformance/operators.ts';
import { float32 } from '../spec/format.ts';
import { lift } from '../spec/lift.ts';
import type { Elementwise } from '../spec/op.ts';
import { gradientsOf, valuesOf } from '../spec/oracle/index.ts';
import { tensor } from '../spec/tensor.ts';
import * as src from '../src/index.ts';

const PATTERNS = 2 ** 32;
/** Inputs at a time. */
const BLOCK = 4096;

type Fast = ((x: Float32Array) => Float32Array) & {
  gradient(inputs: object): { readonly input: { readonly data: Float32Array } };
};

interface Count {
  readonly inputs: number;
  readonly wrong: { readonly value: number; readonly derivative: number };
  /** The first input with a wrong result. */
  readonly first?: number;
}

function* blocks(stride: number): IterableIterator<Float32Array> {
  for (let start = 0; start < PATTERNS; start += stride * BLOCK) {
    const length = Math.min(BLOCK, Math.ceil((PATTERNS - start) / stride));
    const bits = Uint32Array.from({ length }, (_, i) => start + i * stride);
    yield new Float32Array(bits.buffer);
  }
}

function sweep(
  op: Elementwise,
  fast: Fast,
  stride: number,
  onBlock: (share: number) => void,
): Count {
  const wrong = { value: 0, derivative: 0 };
  let inputs = 0;
  let first: number | undefined;
  for (const x of blocks(stride)) {
    const lifted = lift(op, { input: tensor([x.length], x) });
    const shape = [x.length];
    const pairs = [
      ['value', fast(x), valuesOf(lifted, float32)],
      [
        'derivative',
        fast.gradient({ input: { data: x, shape } }).input.data,
        gradientsOf(lifted, 'input', undefined, float32),
      ],
    ] as const;
    for (const [of, got, due] of pairs)
      for (const [i, cell] of due.entries()) {
        const isRight = cell.signed ? Object.is(got[i], cell.value) : same(got[i]!, cell.value);
        if (isRight) continue;
        wrong[of]++;
        first ??= x[i]!;
      }
    inputs += x.length;
    onBlock((inputs * stride) / PATTERNS);
  }
  return { inputs, wrong, ...(first === undefined ? {} : { first }) };
}

const same = (a: number, b: number): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

function main(): number {
  const program = new Command('sweep')
    .option('--stride <n>', 'every n-th bit pattern', '4093')
    .option('--op <name>', 'only this operator')
    .parse();
  const { stride, op: only } = program.opts<{ stride: string; op?: string }>();
  const asked = [...operators.values()].filter(
    (op): op is Elementwise => op.kind === 'elementwise' && (only === undefined || op.id === only),
  );
  let total = 0;
  for (const op of asked) {
    const fast = Object.values(src).find((x) => 'id' in x && x.id === op.id) as unknown as Fast;
    const show = (share: number) => {
      if (process.stderr.isTTY) process.stderr.write(`\r${op.id} ${Math.round(100 * share)} %`);
    };
    const { inputs, wrong, first } = sweep(op, fast, Number(stride), show);
    const where = first === undefined ? '' : `, first at ${first}`;
    process.stdout.write(
      `${op.id}: ${inputs} inputs, wrong: ${wrong.value} values, ${wrong.derivative} derivatives${where}\n`,
    );
    total += inputs === 0 ? 1 : wrong.value + wrong.derivative;
  }
  return total === 0 && asked.length > 0 ? EXIT.conforms : EXIT.fails;
}

process.exitCode = main();
