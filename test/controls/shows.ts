/** # In which operators a mistake shows */
import { formsOf, isDifferentiable } from '../../spec/input.ts';
import type { Op } from '../../spec/op.ts';
import { evaluate } from '../../spec/oracle/index.ts';
import { settle } from '../../spec/param.ts';
import { tensor } from '../../spec/tensor.ts';

export type Shows = (op: Op) => boolean;

export const everywhere: Shows = () => true;
export const inLosses: Shows = ({ kind }) => kind === 'loss';
export const inElements: Shows = ({ kind }) => kind === 'elementwise';
export const whereSlopesAre: Shows = ({ inputs }) => Object.values(inputs).some(isDifferentiable);

/** Not of those that return their input, or a number of few bits. */
export const whereRounded: Shows = ({ id }) =>
  !/^(clip|hard(max|shrink|tanh)|relu6?|threshold(ed-relu)?)$/.test(id);

/** Not of those that are an ordinary number, or exactly 0, wherever they are near 0. */
export const whereTiny: Shows = (op) =>
  op.kind === 'elementwise' && !/^(hard-sigmoid-affine|hardsigmoid|sparse-)/.test(op.id);

/** Any number is drawn for the first input, NaN among them. */
export const whereNaN: Shows = ({ kind, inputs }) => {
  const [first] = Object.values(inputs).flatMap(formsOf);
  if (kind === 'elementwise' || first?.of !== 'reals') return false;
  return first.min === undefined && first.draw === undefined;
};

export const whereZeroIsPositive: Shows = (op) =>
  op.kind === 'elementwise' &&
  evaluate(op, { input: tensor([4], [-Infinity, -0, 0, Infinity]) }).cells.some(
    ({ value, signed }) => signed && Object.is(value, 0),
  );

/** An end of the range is a float, and so it is reached. */
export const whereRangeEnds: Shows = (op) =>
  op.kind === 'elementwise' &&
  op.range(settle(op) as never).some((end) => Number.isFinite(end) && Math.fround(end) === end);

export const whereIncreasing: Shows = (op) =>
  op.kind === 'elementwise' && op.isIncreasing(settle(op) as never);
export const whereOdd: Shows = (op) => op.kind === 'elementwise' && op.isOdd;

export const whereWeighted: Shows = ({ inputs: { weight } }) =>
  weight?.of === 'reals' && weight.absent !== undefined;
export const whereWeightsAreDividedBy: Shows = ({ id }) => /^(cross-entropy|nll-loss)$/.test(id);
export const whereParameters: Shows = ({ params }) =>
  Object.keys(params).some((name) => name !== 'reduction');
