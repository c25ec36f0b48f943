/** # Speed to a kill: how many questions it takes until a mutant is found */
import { middleOf } from '../../tools/bench/statistics.ts';

export interface Death {
  readonly id: string;
  readonly law: string;
  /** Questions of all laws until then, the last one included. */
  readonly cases: number;
}

export interface Speed {
  readonly count: number;
  readonly median: number;
  /** So many questions are enough for nine mutants of ten. */
  readonly ninetieth: number;
  readonly worst: number;
  /** The mutant that took that many; the first of several. */
  readonly slowest: string;
}

/** Of one death at least. */
export function speedOf(deaths: readonly Death[]): Speed {
  if (deaths.length === 0) throw new RangeError('nobody died: there is no speed');
  const sorted = deaths.toSorted((a, b) => a.cases - b.cases);
  const worst = sorted.at(-1)!.cases;
  return {
    count: sorted.length,
    median: middleOf(sorted.map(({ cases }) => cases)),
    ninetieth: sorted[Math.ceil(0.9 * sorted.length) - 1]!.cases,
    worst,
    slowest: sorted.find(({ cases }) => cases === worst)!.id,
  };
}

/** For every law that killed any, those with the most first. */
export function speedByLaw(
  deaths: readonly Death[],
): readonly { readonly law: string; readonly speed: Speed }[] {
  return [...new Set(deaths.map(({ law }) => law))]
    .map((law) => ({ law, speed: speedOf(deaths.filter((death) => death.law === law)) }))
    .sort((a, b) => b.speed.count - a.speed.count || (a.law < b.law ? -1 : 1));
}

/** With a title, all mutants, and then law by law. */
export const speedRows = (deaths: readonly Death[]): readonly (readonly string[])[] => [
  ['killed by', 'mutants', 'median', '90th percentile', 'worst', 'which'],
  ...(deaths.length === 0 ? [] : [rowOf('any law', speedOf(deaths))]),
  ...speedByLaw(deaths).map(({ law, speed }) => rowOf(law, speed)),
];

const rowOf = (law: string, { count, median, ninetieth, worst, slowest }: Speed) => [
  law,
  ...[count, median, ninetieth, worst].map(String),
  slowest,
];

/** What a larger profile makes of the mutants that survive a smaller one, in sentences. */
export function compared(
  [smaller, larger]: readonly [string, string],
  survivors: ReadonlyMap<string, Omit<Death, 'id'> | undefined>,
): readonly string[] {
  if (survivors.size === 0)
    return [`${smaller} kills every mutant; ${larger} has none left to kill`];
  const more = [...survivors].filter(([, death]) => death !== undefined);
  const said = [...survivors].map(([id, death]) =>
    death
      ? `only ${larger} kills ${id}: ${death.law}, case ${death.cases}`
      : `${larger} does not kill ${id} either`,
  );
  return more.length > 0
    ? [...said, `${smaller} does not kill ${more.length} that ${larger} kills`]
    : [...said, `${smaller} kills everything that ${larger} kills`];
}
