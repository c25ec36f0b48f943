/** # Which loss a batch may be of, by its shapes and numbers */
import { isInteger, sizeOf, type Tensor, type Tensors } from '../../spec/tensor.ts';
import type { From } from './textbook.ts';

export interface Guess {
  readonly op: string;
  readonly from: From;
  /** What it was guessed from, in words. */
  readonly why: string;
}

const all = ({ data }: Tensor, is: (x: number) => boolean): boolean => Array.from(data).every(is);
const isProbability = (x: number): boolean => x >= 0 && x <= 1;

/** The first that fits, or undefined where nothing does. */
export function guess(batch: Tensors): Guess | undefined {
  const { input, target, anchor, var: variance } = batch;
  if (anchor) return { op: 'triplet-margin-loss', from: 'values', why: 'there is an anchor' };
  if (!input || !target) return undefined;
  if (variance) return { op: 'gaussian-nll-loss', from: 'values', why: 'there is a var' };
  const isOfSamples = target.shape.length === input.shape.length - 1;
  if (isInteger(target.dtype) && isOfSamples) return ofClasses(input);
  if (String(target.shape) !== String(input.shape)) return undefined;
  if (isDistribution(target)) return ofDistributions(input);
  if (all(target, isProbability)) return ofLabels(input);
  return { op: 'mse-loss', from: 'values', why: 'the targets are no probabilities' };
}

const from = (input: Tensor): From => {
  if (isDistribution(input)) return 'probabilities';
  return all(input, (x) => x <= 0) && sumsTo(input, (x) => Math.E ** x)
    ? 'log-probabilities'
    : 'logits';
};

function ofClasses(input: Tensor): Guess {
  const held = from(input);
  const op = held === 'log-probabilities' ? 'nll-loss' : 'cross-entropy';
  return { op, from: held, why: `the target holds a class for each sample, the input ${held}` };
}

function ofDistributions(input: Tensor): Guess {
  const held = from(input);
  const op = held === 'log-probabilities' ? 'kl-div' : 'cross-entropy';
  return { op, from: held, why: `the target holds distributions, the input ${held}` };
}

function ofLabels(input: Tensor): Guess {
  const held = all(input, isProbability) ? 'probabilities' : 'logits';
  return {
    ...{ op: 'binary-cross-entropy', from: held },
    why: `the target has the shape of the input and is in [0, 1], the input holds ${held}`,
  };
}

/** Along the classes, of which there are at least two; a row of numbers may as well be a batch of them. */
const isDistribution = (tensor: Tensor): boolean =>
  all(tensor, isProbability) && sumsTo(tensor, (x) => x);

function sumsTo({ shape, data }: Tensor, of: (x: number) => number): boolean {
  const classes = shape[1] ?? 1;
  const inner = sizeOf(shape.slice(2));
  if (classes < 2 || data.length === 0) return false;
  const sums = new Float64Array(data.length / classes);
  for (let i = 0; i < data.length; i++)
    sums[Math.floor(i / (classes * inner)) * inner + (i % inner)]! += of(data[i]!);
  return sums.every((sum) => Math.abs(sum - 1) < 0.01);
}
