/** # What is said about mutants: speed, comparison of profiles, and the committed page */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { corpus } from './corpus.ts';
import { mutants, notShown } from './index.ts';
import { deathsOf, type Fate, idsOn, pageOf, rowOf } from './report.ts';
import { kill, planFor } from './run.ts';
import { compared, type Death, speedByLaw, speedOf, speedRows } from './speed.ts';

const death = (id: string, law: string, cases: number): Death => ({ id, law, cases });

describe('speed', () => {
  const ten = [7, 3, 10, 1, 9, 2, 8, 4, 6, 5].map((n) => death(`m${n}`, 'value', n));
  test('is median, 90th percentile and worst, with its mutant', () => {
    expect(speedOf(ten)).toEqual({
      ...{ count: 10, median: 5.5, ninetieth: 9, worst: 10, slowest: 'm10' },
    });
  });
  test('of one is that one; of an odd number the one in the middle', () => {
    const one = death('a', 'value', 4);
    expect(speedOf([one])).toEqual({
      ...{ count: 1, median: 4, ninetieth: 4, worst: 4, slowest: 'a' },
    });
    const three = [one, death('b', 'value', 400), death('c', 'value', 5)];
    expect(speedOf(three)).toMatchObject({ median: 5, ninetieth: 400, slowest: 'b' });
  });
  test('there is none where nobody died', () => {
    expect(() => speedOf([])).toThrow(RangeError);
    expect(speedRows([])).toHaveLength(1);
  });
  test('by law counts every death once, most deaths first', () => {
    const all = [death('x', 'edges', 90), death('y', 'gradient', 30), ...ten];
    const laws = speedByLaw(all);
    expect(laws.map(({ law, speed }) => [law, speed.count])).toEqual([
      ['value', 10],
      ['edges', 1],
      ['gradient', 1],
    ]);
    expect(speedRows(all)[1]).toEqual(['any law', '12', '6.5', '30', '90', 'x']);
  });
});

describe('profiles', () => {
  const of = ['quick', 'full'] as const;
  const late = { law: 'value', cases: 900 };
  test('the smaller kills all', () => {
    expect(compared(of, new Map()).join()).toMatch('quick kills every mutant');
  });
  test('the larger kills more', () => {
    const said = compared(
      of,
      new Map([
        ['a', late],
        ['b', undefined],
      ] as const),
    );
    expect(said).toEqual([
      'only full kills a: value, case 900',
      'full does not kill b either',
      'quick does not kill 1 that full kills',
    ]);
  });
  test('neither kills it', () => {
    const said = compared(of, new Map([['b', undefined]]));
    expect(said.at(-1)).toBe('quick kills everything that full kills');
  });
  test('one question for each law leaves a mutant alive that quick kills', async () => {
    const rare = mutants['log1p-naive']!;
    expect(await kill(rare, { ...planFor('quick'), runs: 1 })).toBeUndefined();
    expect(await kill(rare)).toBeDefined();
  });
});

describe('the page', () => {
  const page = readFileSync(new URL('../../docs/mutants.md', import.meta.url), 'utf8');
  const lines = page.split('\n');
  test('has a line for every bug of the corpus and no other', () => {
    expect(idsOn(page).toSorted()).toEqual(Object.keys(corpus).toSorted());
  });
  test('has operators and reasons as they are now', () => {
    for (const [id, [op]] of Object.entries(mutants))
      expect(lines.filter((line) => line.startsWith(`| \`${id}\` | ${op} | `))).toHaveLength(1);
    for (const [id, why] of Object.entries(notShown))
      expect(lines.filter((line) => line.startsWith(`| \`${id}\` |`))[0]).toContain(` ${why} |`);
  });
  test('tells who is killed by which law, as it is now', async () => {
    for (const id of ['p-softmax-subnormal', 'ls-axis-last-dim', 'softmax-plus-inf']) {
      const fate: Fate = {
        id,
        op: mutants[id]![0],
        killed: await kill(mutants[id]!),
        isLike: true,
      };
      expect(lines).toContain(`| ${rowOf(fate).join(' | ')} |`);
    }
  });
  test('shows survivors, and a bug without a line', () => {
    const [first, ...others] = Object.keys(mutants).map(
      (id): Fate => ({ id, op: mutants[id]![0], isLike: true }),
    );
    expect(deathsOf([first!])).toEqual([]);
    expect(pageOf([first!], 'quick')).toMatch(`\`${first!.id}\` | ${first!.op} |`);
    expect(pageOf([first!], 'quick')).toMatch('**survives**');
    expect(idsOn(pageOf(others, 'quick'))).not.toContain(first!.id);
  });
});
