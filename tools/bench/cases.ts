/**
 * # The cases: operators × passes × sizes
 *
 * A size is a number of elements, as in `1e3`, or rows by columns, as in `64x1000`. Operators on
 * rows have the second kind, all others the first.
 */
import { EXIT, failure } from '../../conformance/failure.ts';
import { type Case, type OperatorId, operators, type Pass } from './candidate.ts';
import { type Source, sourceOf } from './draw.ts';

export const SEED = 20260101;

interface Kind {
  readonly passes: readonly Pass[];
  readonly sizes: readonly string[];
  readonly quick: readonly string[];
}
const BOTH: readonly Pass[] = ['forward', 'forward+backward'];
/** The columns are the classes of ImageNet, the vocabulary of GPT-2, and ten digits. */
const MATRICES = ['64x1000', '1024x1000', '32x50257', '4096x10'];
const elementwise: Kind = { passes: BOTH, sizes: ['8', '1e3', '1e6'], quick: ['8', '1e3'] };
const FEW = ['1024x1000', '4096x10'];
const pairs: Kind = { passes: ['forward+backward'], sizes: ['1e3', '1e6'], quick: ['1e3'] };
const rows: Kind = { passes: BOTH, sizes: MATRICES, quick: ['64x1000'] };

const KINDS: { readonly [op in OperatorId]: Kind } = {
  relu: elementwise,
  sigmoid: elementwise,
  logsigmoid: elementwise,
  tanh: elementwise,
  softplus: elementwise,
  softmax: rows,
  'log-softmax': rows,
  'cross-entropy': rows,
  'reverse-cross-entropy': { ...rows, sizes: FEW },
  'symmetric-cross-entropy': { ...rows, sizes: FEW },
  'nll-loss': { ...rows, sizes: FEW },
  'binary-cross-entropy-with-logits': pairs,
  'kl-div': pairs,
};

export interface Chosen {
  readonly op: OperatorId;
  readonly pass: Pass;
  readonly size: string;
}

/** All that is asked for; sizes that do not fit an operator are left out. */
export function choose(
  ops: readonly string[],
  sizes: readonly string[] | undefined,
  quick: boolean,
): readonly Chosen[] {
  for (const op of ops) {
    if (operators.includes(op as OperatorId)) continue;
    throw failure(EXIT.usage, `--ops: ${op} should be one of ${operators.join(', ')}`);
  }
  for (const size of sizes ?? []) shapeOf(size);
  const chosen = (ops as readonly OperatorId[]).flatMap((op) => {
    const kind = KINDS[op];
    const fitting = sizes?.filter((size) => isMatrix(size) === isMatrix(kind.sizes[0]!));
    return kind.passes.flatMap((pass) =>
      (fitting ?? (quick ? kind.quick : kind.sizes)).map((size) => ({ op, pass, size })),
    );
  });
  if (chosen.length > 0) return chosen;
  const due = 'rows by columns for operators on rows, a number of elements for the others';
  throw failure(EXIT.usage, `--sizes: none of ${sizes?.join(', ')} fits; ${due}`);
}

const isMatrix = (size: string): boolean => size.includes('x');

export function shapeOf(size: string): readonly number[] {
  const shape = size.split('x').map(Number);
  if (shape.length <= 2 && shape.every((n) => Number.isSafeInteger(n) && n > 0)) return shape;
  throw failure(EXIT.usage, `--sizes: ${size} should be a number as 1e3, or two as 64x1000`);
}

/** Logits of a classifier are within this. */
const LOGIT = 8;
/** Every fourth row is sure of its class, as most are after training: the target stands out. */
const SURE = 4;
const CERTAIN = 24;
/** Elementwise: one half near the origin, the other out to where float32 has tails of 10⁻⁷. */
const NEAR = 1;
const FAR = 16;

const OF_CLASSES: readonly OperatorId[] = [
  'cross-entropy',
  'reverse-cross-entropy',
  'symmetric-cross-entropy',
  'nll-loss',
];

/** Inputs depend on size and operator alone: both passes get the same. */
export function draw({ op, pass, size }: Chosen): Case {
  const shape = shapeOf(size);
  const count = shape.reduce((a, b) => a * b, 1);
  const source = sourceOf(SEED);
  const reach = (i: number) => (isMatrix(size) ? LOGIT : i % 2 ? NEAR : FAR);
  const input = Float32Array.from({ length: count }, (_, i) => source.uniform(-reach(i), reach(i)));
  const asked = { op, pass, shape, input };
  if (OF_CLASSES.includes(op)) return { ...asked, classes: drawClasses(asked, source) };
  if (KINDS[op] === pairs)
    return { ...asked, probabilities: input.map(() => source.uniform(0, 1)) };
  if (pass === 'forward' || !isMatrix(size)) return asked;
  return { ...asked, cotangent: input.map(() => source.uniform(-1, 1)) };
}

function drawClasses({ shape: [rows = 0, columns = 0], input }: Case, { below }: Source) {
  const classes = Int32Array.from({ length: rows }, () => below(columns));
  for (let r = 0; r < rows; r += SURE) input[r * columns + classes[r]!] = CERTAIN;
  return classes;
}
