/** Every law that holds for operators one by one, in the order in which they are tested. */
import type { Law } from '../law.ts';
import { batch } from './batch.ts';
import { deterministic } from './deterministic.ts';
import { edges } from './edges.ts';
import { empty } from './empty.ts';
import { errors } from './errors.ts';
import { gradient } from './gradient.ts';
import { monotone } from './monotone.ts';
import { odd } from './odd.ts';
import { parameters } from './parameters.ts';
import { range } from './range.ts';
import { reduction } from './reduction.ts';
import { specialRows } from './special-rows.ts';
import { value } from './value.ts';

// biome-ignore lint/suspicious/noExplicitAny: each law has its own kind of question
export const laws: readonly Law<any>[] = [
  value,
  gradient,
  edges,
  range,
  monotone,
  odd,
  reduction,
  specialRows,
  empty,
  parameters,
  batch,
  deterministic,
  errors,
];
