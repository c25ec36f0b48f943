/**
 * # What the questions about an operator must reach
 *
 * Derived from its declaration, never from what is drawn: a generator that goes blind does not take
 * its own requirements with it. Most are of a law by name, because a tail that only another law meets
 * is not tested by this one. Nothing is required of identities: some ask in the words of another
 * operator, and none has to look everywhere.
 */
import { formsOf, isDifferentiable } from '../spec/input.ts';
import type { Loss, Op, Rowwise } from '../spec/op.ts';
import { batch } from './laws/batch.ts';
import { edges } from './laws/edges.ts';
import { empty } from './laws/empty.ts';
import { errors } from './laws/errors.ts';
import { gradient } from './laws/gradient.ts';
import { laws } from './laws/index.ts';
import { monotone } from './laws/monotone.ts';
import { odd } from './laws/odd.ts';
import { parameters } from './laws/parameters.ts';
import { range } from './laws/range.ts';
import { reduction } from './laws/reduction.ts';
import { specialRows } from './laws/special-rows.ts';
import { value } from './laws/value.ts';
import { edgesDue, elementsDue } from './reach/elements.ts';
import { everyOption, everyPair } from './reach/options.ts';
import * as rows from './reach/rows.ts';
import { asksFor, COTANGENT, ILLEGAL, LEGAL } from './reach.ts';

/** A region, and the law that must reach it. */
export interface Required {
  readonly law: string;
  readonly region: string;
}

interface Named {
  readonly name: string;
  appliesTo(op: Op): boolean;
}

export function requiredOf(op: Op): readonly Required[] {
  const by = (law: Named, regions: readonly string[]): readonly Required[] =>
    law.appliesTo(op) ? regions.map((region) => ({ law: law.name, region })) : [];
  return [
    ...laws.flatMap((law) => by(law, [law === errors ? ILLEGAL : LEGAL])),
    ...[value, gradient, parameters].flatMap((law) => by(law, everyOption(op))),
    ...by(reduction, everyPair(op)),
    ...by(gradient, [...gradientsDue(op), COTANGENT.given, COTANGENT.absent]),
    ...(op.kind === 'elementwise'
      ? [
          ...[value, gradient, range, monotone, odd].flatMap((law) => by(law, elementsDue(op))),
          ...by(edges, edgesDue),
        ]
      : rowsDue(op, by)),
  ];
}

const gradientsDue = ({ inputs }: Op): readonly string[] =>
  Object.keys(inputs)
    .filter((name) => isDifferentiable(inputs[name]!))
    .map((name) => asksFor(`grad:${name}`));

type By = (law: Named, regions: readonly string[]) => readonly Required[];

const rowsDue = (op: Rowwise | Loss, by: By): readonly Required[] => [
  ...[value, gradient].flatMap((law) =>
    by(law, [
      ...rows.lengthsDue(op),
      ...[rows.ONE_TERM, rows.SEVERAL_TERMS],
      ...rows.sizesDue(op),
      ...(rows.hasRows(op) && rows.mayBeWide(op) ? [rows.SATURATED] : []),
      ...ignoredDue(op),
    ]),
  ),
  ...by(specialRows, rows.specialsDue(op)),
  ...by(batch, [rows.SEVERAL_TERMS]),
  ...by(empty, [rows.NO_TERMS, ...(ignoresSome(op) ? [rows.IGNORED[2]] : [])]),
  ...by(reduction, [
    ...(rows.hasRows(op) ? [rows.TIES] : []),
    ...ignoredDue(op),
    ...Object.entries(op.inputs).flatMap(([name, input]) =>
      rows.isWeight(input) ? rows.zerosDue(name) : [],
    ),
  ]),
];

const ignoresSome = ({ params, inputs }: Op): boolean =>
  'ignoreIndex' in params &&
  Object.values(inputs).some((input) => formsOf(input).some((form) => form.of === 'classes'));

const ignoredDue = (op: Op): readonly string[] => (ignoresSome(op) ? rows.IGNORED : []);
