/** # The shape of an answer of the playground */
import { ulpsBetween } from '../../../../conformance/nan/instead.ts';
import type { Report } from '../../../../conformance/nan/report.ts';
import type { Wanted } from '../../../../properties/candidate.ts';
import type { Format } from '../../../../spec/format.ts';

/** One number, and how far it is from the exact one. */
export interface Got {
  readonly value: number;
  readonly ulps: number;
}
/** The result, or the gradient with respect to an input. */
export interface Exactly {
  readonly of: Wanted;
  readonly shape: readonly number[];
  /** 20 certified digits each. */
  readonly digits: readonly string[];
  /** Correctly rounded to the format. */
  readonly rounded: readonly number[];
}
/** Where the first number that is not finite is born, and how it came to that. */
export type Story = Pick<Report, 'born' | 'trail'>;

/** One way to compute it. */
export interface Way {
  /** Our kernels have none. */
  readonly title?: string;
  readonly format: Format;
  /** By what it is of; what a way does not compute is absent. */
  readonly got: { readonly [of: string]: readonly Got[] };
  /** Absent where no steps are seen. */
  readonly story?: Story;
  /** Why it has no answer. */
  readonly refusal?: string;
}
export interface Answer {
  readonly format: Format;
  readonly exact: readonly Exactly[];
  readonly ways: readonly Way[];
}

export const held = (
  values: readonly number[],
  digits: readonly string[],
  format: Format,
): readonly Got[] =>
  values.map((value, i) => ({ value, ulps: ulpsBetween(value, digits[i]!, format) }));
