/** # Textbooks of classes */
import * as k from './kernels.ts';
import { byClasses } from './layout.ts';
import { likelihood } from './likelihood.ts';
import { logOf, logSoftmax, shifted, softmax } from './softmax.ts';
import { constant, each, type Step } from './stages.ts';
import { symmetric } from './symmetric.ts';
import type { Textbook } from './textbook.ts';

const CROSS_ENTROPY = {
  op: 'cross-entropy',
  from: 'logits',
  instead: 'cross-entropy',
  params: ['reduction', 'ignoreIndex', 'labelSmoothing'],
  inputs: ['input', 'target'],
  optional: ['weight'],
  clauses: {
    main: 'CE-13',
    overflow: 'CE-13',
    empty: 'CE-5',
    masked: 'CE-6',
    silenced: 'CE-8',
    range: 'CE-9',
  },
} as const;
const NLL = {
  op: 'nll-loss',
  from: 'log-probabilities',
  instead: 'nll-loss',
  params: ['reduction', 'ignoreIndex'],
  inputs: ['input', 'target'],
  optional: ['weight'],
  clauses: { main: 'NLL-7', empty: 'NLL-3', silenced: 'NLL-5', range: 'NLL-6' },
} as const;

/** Of what the batch holds to log-probabilities. */
const of =
  (head: (z: Step) => Step): Textbook['build'] =>
  (asked, settings) =>
    likelihood(asked, head(byClasses(asked, 'input', true)), settings);

const LOGITS = 'cross-entropy of the logits: it subtracts logarithms and never forms a probability';
const LOST =
  'cross-entropy of the logits: a probability that was rounded to 0 has lost its loss before it came here';

export const classTextbooks: readonly Textbook[] = [
  {
    ...CROSS_ENTROPY,
    id: 'softmax-log',
    title: 'log(softmax(z)) with e^z as it is, then NLL',
    fix: LOGITS,
    build: of((z) => logOf(softmax(z))),
  },
  {
    ...CROSS_ENTROPY,
    id: 'shifted-softmax-log',
    title: 'log(softmax(z)) with the largest logit subtracted, then NLL',
    fix: LOGITS,
    build: of((z) => logOf(softmax(shifted(z)))),
  },
  {
    ...CROSS_ENTROPY,
    id: 'log-softmax',
    title: 'log-softmax, then NLL',
    fix: 'cross-entropy, which is this',
    build: of(logSoftmax),
  },
  {
    ...CROSS_ENTROPY,
    from: 'probabilities',
    instead: undefined,
    id: 'log-nll',
    title: 'log(p), then NLL',
    fix: LOST,
    build: of((p) => each('l', 'log(p)', k.log, p)),
  },
  {
    ...CROSS_ENTROPY,
    from: 'probabilities',
    instead: undefined,
    id: 'where-log-nll',
    title: 'where(p > 0, log(p), 0), then NLL',
    fix: LOST,
    build: of((p) => each('l', 'where(p > 0, log(p), 0)', k.whereAbove, p, logOf(p), constant(0))),
  },
  {
    ...NLL,
    id: 'nll',
    title: 'NLL of log-probabilities',
    fix: 'nll-loss, which is this',
    build: of((l) => l),
  },
  {
    ...CROSS_ENTROPY,
    id: 'symmetric',
    op: 'symmetric-cross-entropy',
    instead: 'symmetric-cross-entropy',
    title: 'cross-entropy and its reverse, labels clamped at eps',
    params: ['reduction', 'a', 'b', 'eps', 'probabilityEps'],
    optional: [],
    fix: 'log(eps) as a number of its own, worked out in float64; or eps of at least 6e-8 in float16',
    clauses: { main: 'RCE-1', range: 'SCE-3' },
    build: symmetric,
  },
];
