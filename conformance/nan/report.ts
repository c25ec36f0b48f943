/** # What is asked, and what is found */
import type { Format } from '../../spec/format.ts';
import type { Tensors } from '../../spec/tensor.ts';
import type { Instead } from './instead.ts';
import type { Reason, Settings, Textbook } from './textbook.ts';

export interface Question {
  readonly textbook: Textbook;
  readonly batch: Tensors;
  readonly format: Format;
  readonly settings: Settings;
}

/** One element of one step. */
export interface Element {
  readonly step: string;
  readonly formula: string;
  readonly place: string;
  readonly value: number;
  /** 20 certified digits; absent where no number of digits tells. */
  readonly exact?: string | undefined;
}
export interface Counted {
  readonly step: string;
  readonly formula: string;
  readonly size: number;
  readonly nan: number;
  readonly infinite: number;
}
export interface Born extends Element {
  readonly where: 'batch' | 'forward' | 'backward';
  /** Backward: the slope of which step passed through which operation, and what came in. */
  readonly through?: { readonly step: string; readonly slope: string; readonly g: number };
  readonly reason: Reason;
  readonly fix: string;
  readonly clause?: { readonly id: string; readonly says: string };
}
export interface Report {
  readonly textbook: string;
  readonly title: string;
  readonly op: string;
  readonly format: string;
  readonly steps: readonly Counted[];
  readonly loss: { readonly value: number; readonly exact: string | undefined };
  /** Elements of the gradient of the inputs that are not finite. */
  readonly gradient: { readonly size: number; readonly bad: number };
  readonly born?: Born;
  /** From the batch to the element. */
  readonly trail: readonly Element[];
  /** Where nothing was born: the element that lost most. */
  readonly worst?: Element & { readonly ulps: number };
  readonly instead?: Instead | undefined;
  /** The same batch as others write it. */
  readonly others: readonly Other[];
}
export interface Other {
  readonly textbook: string;
  readonly title: string;
  readonly value: number;
  readonly born: string | undefined;
}
