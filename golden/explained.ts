/**
 * # Differences that the baseline explains
 *
 * Where ONNX Runtime is known to be wrong it is no witness. An entry of its baseline speaks for the
 * one request that it stores, bit for bit, and for nothing that is like it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Baseline, readBaseline } from '../conformance/baseline.ts';
import { decodeRequest } from '../conformance/wire/codec.ts';
import { type Case, writePayload, writeSetting } from './case.ts';
import { root } from './root.ts';

const path = join(root, 'golden/onnxruntime.baseline.json');

export const storedBaseline = async (): Promise<Pick<Baseline, 'entries'>> =>
  existsSync(path) ? readBaseline(path) : { entries: [] };

const sorted = <A, B>(of: { readonly [name: string]: A }, to: (value: A) => B) =>
  Object.entries(of)
    .map(([name, value]) => [name, to(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));

const identity = ({ op, params, in: given }: Case): string =>
  JSON.stringify([op, sorted(params, writeSetting), sorted(given, writePayload)]);

export const explains = ({ entries }: Pick<Baseline, 'entries'>, of: Case): boolean =>
  entries.some(({ witness }) => identity(decodeRequest(witness)) === identity(of));
