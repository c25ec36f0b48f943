/**
 * # What is mutated, and the tests that have to notice
 *
 * A target is a part of the suite with the tests that state what it does. Tests of everything that is
 * built on it would notice more, and take days.
 */
export interface Target {
  readonly mutate: readonly string[];
  readonly tests: readonly string[];
}

export const targets: { readonly [name: string]: Target } = {
  grade: {
    mutate: ['spec/grade.ts'],
    tests: ['test/spec/grade.test.ts', 'test/spec/grade-in-floats.test.ts'],
  },
  format: {
    mutate: ['spec/format.ts', 'spec/exact.ts'],
    tests: ['test/spec/format.test.ts', 'test/spec/grade.test.ts'],
  },
  enclosures: {
    mutate: ['spec/arithmetic/interval.ts', 'spec/arithmetic/float-ends.ts'],
    tests: ['test/spec/arithmetic.test.ts', 'test/spec/oracle.test.ts'],
  },
  derivatives: {
    mutate: ['spec/arithmetic/dual.ts'],
    tests: ['test/spec/arithmetic.test.ts', 'test/spec/oracle.test.ts'],
  },
  oracle: {
    mutate: ['spec/oracle/*.ts', 'spec/reduction.ts'],
    tests: ['test/spec/oracle.test.ts', 'test/spec/arithmetic.test.ts'],
  },
};
