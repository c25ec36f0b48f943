/**
 * # Every n-th float32 of every elementwise operator and its derivative, against the oracle
 *
 *     node dist/tools/sweep.js [--stride 4093] [--op NAME] [--format f32|f16|bf16]
 *
 * An odd stride meets every residue of the low bits. Counts results that are not the correctly
 * rounded ones, bit for bit, and exits 1 if there are any; a NaN is any NaN. In the formats of 16 bits
 * every input is taken, and the float32 results rounded once more are graded; C is demanded.
 */
import { Command, Option } from 'commander';
import { EXIT } from '../conformance/failure.ts';
import { operators } from '../conformance/operators.ts';
import { bfloat16, type Format, float16, float32 } from '../spec/format.ts';
import { isAtLeast } from '../spec/grade.ts';
import { lift } from '../spec/lift.ts';
import type { Elementwise } from '../spec/op.ts';
import { gradientsOf, valuesOf } from '../spec/oracle/index.ts';
import { tensor } from '../spec/tensor.ts';
import * as src from '../src/index.ts';
import { type Answers, describeSweep, sweepShort } from './short-formats.ts';

const PATTERNS = 2 ** 32;
/** Inputs at a time. */
const BLOCK = 4096;

type Fast = src.Elementwise<object>;

const fastOf = (id: string): Fast | undefined =>
  Object.values(src).find((x) => 'id' in x && x.id === id) as Fast | undefined;

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
    const pairs = [
      ['value', fast(x), valuesOf(lifted, float32)],
      ['derivative', fast.gradient(x), gradientsOf(lifted, 'input', undefined, float32)],
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

/** Whether every result is correctly rounded; what there is no operator for is only told. */
function sweepFloats(op: Elementwise, stride: number): boolean {
  const fast = fastOf(op.id);
  if (fast === undefined) {
    process.stdout.write(`${op.id}: src/ does not have it\n`);
    return true;
  }
  const show = (share: number) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${op.id} ${Math.round(100 * share)} %`);
  };
  const { inputs, wrong, first } = sweep(op, fast, stride, show);
  const where = first === undefined ? '' : `, first at ${first}`;
  process.stdout.write(
    `${op.id}: ${inputs} inputs, wrong: ${wrong.value} values, ${wrong.derivative} derivatives${where}\n`,
  );
  return inputs > 0 && wrong.value + wrong.derivative === 0;
}

/** Whether every result has at least grade C. */
function sweepAll(op: Elementwise, format: Format): boolean {
  const fast = fastOf(op.id);
  const answers: Answers | undefined = fast && {
    value: (x) => fast(x),
    slope: (x) => fast.gradient(x),
  };
  const result = sweepShort(op, format, answers);
  process.stdout.write(describeSweep(op.id, format, result));
  return [result.value, result.slope].every((t) => t === undefined || isAtLeast(t.worst, 'C'));
}

const FORMATS: { readonly [name: string]: Format } = { f16: float16, bf16: bfloat16, f32: float32 };

function main(): number {
  const program = new Command('sweep')
    .option('--stride <n>', 'every n-th bit pattern of float32', '4093')
    .option('--op <name>', 'only this operator')
    .addOption(new Option('--format <name>').choices(Object.keys(FORMATS)).default('f32'))
    .parse();
  const options = program.opts<{ stride: string; op?: string; format: string }>();
  const format = FORMATS[options.format]!;
  const asked = [...operators.values()].filter(
    (op): op is Elementwise =>
      op.kind === 'elementwise' && (options.op === undefined || op.id === options.op),
  );
  const passed = asked.map((op) =>
    format === float32 ? sweepFloats(op, Number(options.stride)) : sweepAll(op, format),
  );
  return passed.length > 0 && passed.every(Boolean) ? EXIT.conforms : EXIT.fails;
}

process.exitCode = main();
