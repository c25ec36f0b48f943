/**
 * # Targets: every definition
 *
 * What is an object or a list there is prose and tables: what it is called elsewhere, its sources, its
 * clauses. Emptying them is left out; what stands in them is not. What only says where questions are
 * drawn is left out as a whole.
 */
import { judging, type Target, type Targets } from './target.ts';

const DECLARED = ['ObjectLiteral', 'ArrayDeclaration'];

const of = (folder: string, from: string, to: string, tests: readonly string[]): Target => {
  const letters = `${folder}/[${from}-${to}]*`;
  const target = {
    mutate: [`spec/${letters}.ts`],
    tests: ['test/stryker/conforms.ts', ...tests.map((name) => `test/spec/${name}.test.ts`)],
    without: DECLARED,
    withoutQuestions: true,
  };
  return judging(target, letters);
};
const ACTIVATIONS = ['rectifiers', 'along', 'definitions', 'dialects'];
const LOSSES = ['classification', 'losses-of-errors', 'definitions', 'dialects'];

export const definitions: Targets = {
  'activations-a-g': of('activations', 'a', 'g', ACTIVATIONS),
  'activations-h': of('activations', 'h', 'h', ACTIVATIONS),
  'activations-i-r': of('activations', 'i', 'r', ACTIVATIONS),
  'activations-s': of('activations', 's', 's', ACTIVATIONS),
  'activations-t': of('activations', 't', 'z', ACTIVATIONS),
  'losses-a-c': of('losses', 'a', 'c', [...LOSSES, 'ctc']),
  'losses-d-h': of('losses', 'd', 'h', LOSSES),
  'losses-i-l': of('losses', 'i', 'l', LOSSES),
  'losses-m-n': of('losses', 'm', 'n', LOSSES),
  'losses-o-r': of('losses', 'o', 'r', LOSSES),
  'losses-s-z': of('losses', 's', 'z', LOSSES),
};
