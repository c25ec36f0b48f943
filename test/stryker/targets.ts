/**
 * # What is mutated, and the tests that have to notice
 *
 * A target is a part of the suite with the tests that state what it does. Tests of everything that is
 * built on it would notice more, and take days.
 */
import type { Targets } from './target.ts';
import { definitions } from './targets-of-definitions.ts';
import { implementation } from './targets-of-src.ts';

const inSpec = (...names: readonly string[]): readonly string[] =>
  names.map((name) => `test/spec/${name}.test.ts`);

/** Of the specification, without its definitions. */
const specification: Targets = {
  grade: {
    mutate: ['spec/grade.ts'],
    tests: inSpec('grade', 'grade-in-floats', 'grade-by-floats', 'grade-signs'),
  },
  format: {
    mutate: ['spec/format.ts', 'spec/exact.ts'],
    tests: inSpec('format', 'grade', 'core/formats'),
  },
  interval: {
    mutate: ['spec/arithmetic/interval.ts'],
    tests: inSpec('oracle', 'arithmetic', 'core/ends'),
  },
  'float-ends': {
    mutate: ['spec/arithmetic/float-ends.ts'],
    tests: inSpec('oracle', 'arithmetic', 'core/ends'),
  },
  'decimal-ends': {
    mutate: [
      'spec/arithmetic/decimal-ends.ts',
      'spec/arithmetic/decimal.ts',
      'spec/arithmetic/elementary.ts',
      'spec/real.ts',
    ],
    tests: inSpec('oracle', 'arithmetic', 'core/ends'),
  },
  functions: {
    mutate: ['spec/functions.ts', 'spec/erfc.ts'],
    tests: inSpec('oracle', 'rectifiers', 'arithmetic', 'in-short', 'core/functions'),
  },
  dual: {
    mutate: ['spec/arithmetic/dual.ts'],
    tests: inSpec('core/slopes', 'core/functions', 'oracle', 'rectifiers', 'along'),
  },
  oracle: { mutate: ['spec/oracle/*.ts'], tests: inSpec('oracle', 'arithmetic', 'core/certified') },
  axes: {
    mutate: ['spec/axes.ts', 'spec/input.ts'],
    tests: inSpec('definitions', 'along', 'oracle', 'classification', 'core/shapes'),
  },
  parameters: {
    mutate: ['spec/param.ts', 'spec/op.ts', 'spec/tensor.ts', 'spec/reduction.ts'],
    tests: inSpec('definitions', 'along', 'oracle', 'rectifiers', 'core/parameters', 'core/shapes'),
  },
  lift: {
    mutate: ['spec/lift.ts', 'spec/lift/*.ts'],
    tests: inSpec('definitions', 'along', 'oracle', 'in-short', 'core/lift'),
  },
  rows: {
    mutate: ['spec/layer.ts', 'spec/support.ts', 'spec/overlap.ts', 'spec/alignments.ts'],
    tests: inSpec('along', 'classification', 'ctc', 'in-short', 'core/parameters', 'core/shapes'),
  },
  margins: {
    mutate: ['spec/hinge.ts', 'spec/margin.ts', 'spec/distance.ts', 'spec/triplet.ts'],
    tests: ['test/stryker/conforms.ts', ...inSpec('margins', 'losses-of-errors', 'core/distance')],
    judged: ['losses/{triplet-*,multi-margin-loss,multilabel-margin-loss,cosine-embedding-loss}'],
  },
  dialect: {
    mutate: ['spec/dialect.ts'],
    tests: inSpec('dialects', 'names', 'definitions', 'core/dialects'),
  },
};

/** In the order in which they are run: what everything is built on first. */
export const targets: Targets = { ...specification, ...implementation, ...definitions };
