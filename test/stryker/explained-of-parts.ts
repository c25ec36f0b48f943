/** # Survivors in the oracle, in shapes, parameters and dialects */
import { inFile } from './in-file.ts';

const ORDER = 'it decides what is tried first, and costs time';
const oracle = {
  ...inFile('spec/oracle/index.ts', {
    "lifted.op.kind === 'elementwise' → false":
      'all elements together have the same slopes as each alone, and take longer',
    'new Array<Certified>(size) → new Array()': 'an array is as long as what is put into it',
    'open.length > 0': 'of nothing that is open nothing is asked',
    'open.some((i) => isLikelyZero(enclosures[i]!)) → open.every(i => isLikelyZero(enclosures[i]!))':
      ORDER,
    '(i) => isLikelyZero(enclosures[i]!) → () => undefined': ORDER,
    'Number.isNaN(low) && Number.isNaN(high) → Number.isNaN(low) || Number.isNaN(high)':
      'NaN is a point: both are or neither is',
    'x.s < 0 → x.s <= 0': 'a sign is never 0',
    "typeof end === 'number' → true": 'a decimal that is written is read as it is',
  }),
};

const NO_CLASSES = 'classes have nothing of that kind';
const shapes = inFile('spec/axes.ts', {
  "form.of === 'reals' → true": NO_CLASSES,
  'spare < 0 → false':
    'with too few axes the last ones lie beyond the shape, which is refused, too',
});

const inputs = inFile('spec/input.ts', {
  "input.of === 'reals' → true": NO_CLASSES,
  "form.of === 'reals' → true": NO_CLASSES,
});

const NO_OTHER = 'no other kind of parameter has it';
const parameters = {
  ...inFile('spec/param.ts', {
    "param.kind === 'number' → true": NO_OTHER,
    "param.kind === 'integer' → true": NO_OTHER,
    'like !== undefined → true': 'no parameter is called undefined',
  }),
  ...inFile('spec/reduction.ts', {
    "reduction === 'sum' → false": 'the denominator of a sum is 1',
  }),
};

const lifted = {
  ...inFile('spec/lift/elementwise.ts', {
    'x < 0 → x <= 0': 'zeros have been told apart before',
  }),
  ...inFile('spec/lift/legal.ts', {
    "param.kind === 'integer' → true": NO_OTHER,
  }),
};

const alignments = inFile('spec/alignments.ts', {
  'some.length === 0 → false': 'nothing, and what weighs nothing, add the same',
  'w.size === size → false': 'the difference of equal sizes is 0, and e^0 is 1',
  'x.sign() < 0 → x.sign() <= 0': 'only ±∞ and NaN come there',
  's > 1': 'before the first place there is no label and no weight',
  '[] → ["Stryker was here"]': 'at the first time it is not read',
});

const triplet = inFile('spec/triplet.ts', {
  'other > 0': 'slopes that have a share of 0 are left out afterwards',
});

export const parts = {
  ...oracle,
  ...shapes,
  ...inputs,
  ...parameters,
  ...lifted,
  ...alignments,
  ...triplet,
};
