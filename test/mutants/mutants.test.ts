/** # Bugs that people made are found by what `check --profile quick` asks */
import { describe, expect, test } from 'vitest';
import { fast } from '../../conformance/adapters/fast.ts';
import { corpus } from './corpus.ts';
import { missing, mutants, notShown } from './index.ts';
import { sound } from './losses.ts';
import { kill } from './run.ts';

/** One of each way to be wrong, by laws that differ; `npm run mutants` takes all. */
const sample = [
  'ce-weight-smooth-ignore-oob',
  'p-mean-count-vs-weight',
  'p-weight-sum-all-classes',
  'keras-sample-weight-mean',
  'kl-mean-elements',
  'ls-fastai-eps',
  'gelu-exact-is-tanh',
  'log1p-naive',
  'logcosh-overflow',
  'softplus-beta-zero',
  'p-axis-negative',
  'relu6-grad-tie',
  'elu-grad-negative-alpha',
  'softshrink-nan',
] as const;

test.each(sample)('%s is killed, and looks like what it is', async (id) => {
  const mutant = mutants[id]!;
  const found = await kill(mutant);
  expect(found).toBeDefined();
  const [, , like] = mutant;
  if (like) expect(found!.like.join('\n')).toMatch(new RegExp(like, 'm'));
});

describe('what is right survives', () => {
  test.each(['relu', 'nll-loss'])('%s unchanged', async (op) => {
    expect(await kill([op, fast('unchanged')])).toBeUndefined();
  });
  test.each(['nll-loss, sample by sample', 'mse-loss, term by term'])('%s', async (name) => {
    expect(await kill(sound[name]!)).toBeUndefined();
  });
});

describe('none is forgotten', () => {
  test('every bug of the corpus has a mutant, or a reason why there is none', () => {
    expect(missing).toEqual([]);
  });
  test('no mutant is of a bug that is not in the corpus, or listed twice', () => {
    const ids = [...Object.keys(mutants), ...Object.keys(notShown)];
    expect(ids.filter((id) => !Object.hasOwn(corpus, id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
