/** # The shape of a textbook: one way in which people write one loss */
import type { Params } from '../../spec/param.ts';
import type { Asked } from './layout.ts';
import type { Step } from './stages.ts';

export const FROM = ['logits', 'probabilities', 'log-probabilities', 'values'] as const;
/** What the batch holds. */
export type From = (typeof FROM)[number];

export interface Settings {
  readonly [name: string]: number | string | boolean;
}

/** Why something was born, as far as the advice differs. */
export type Reason =
  | 'main'
  | 'empty'
  | 'masked'
  | 'silenced'
  | 'range'
  | 'branch'
  | 'root'
  | 'batch'
  | 'mask'
  | 'converted'
  | 'overflow';

export interface Textbook {
  readonly id: string;
  /** The loss that it is, as people would name it; an operator of the specification. */
  readonly op: string;
  readonly from: From;
  /** The code in one line. */
  readonly title: string;
  /** The operator that is right for this batch, if it can be asked. */
  readonly instead?: string | undefined;
  /** Parameters of `instead` that the code has, too. */
  readonly params: readonly string[];
  /** Parameters of the code alone. */
  readonly own?: Params;
  readonly inputs: readonly string[];
  readonly optional?: readonly string[];
  /** What to do, and the clause that says what is right. */
  readonly fix: string;
  readonly clauses: { readonly [reason in Reason]?: string };
  /** The loss, as the last of its steps. */
  build(asked: Asked, settings: Settings): Step;
}
