/**
 * # Mistakes in the suite's own machinery
 *
 * A suite goes blind by small steps: a comparison that lets NaN through, a generator that leaves out
 * the tails, a report that loses a line. Each is planted here in the source, and the tests of that
 * part must go red. What replaces a piece of the source is text, as it is planted in text.
 */
export interface Mistake {
  /** From the root. */
  readonly file: string;
  /** A piece of its text that is there once, and what is there instead. */
  readonly from: string;
  readonly to: string;
  /** Files of tests, each of which must go red. */
  readonly tests: readonly string[];
}

type Mistakes = { readonly [name: string]: Mistake };
const mistake = (file: string, from: string, to: string, ...tests: readonly string[]): Mistake => ({
  ...{ file, from, to, tests: tests.map((name) => `test/${name}.test.ts`) },
});

const judging: Mistakes = {
  'the comparator accepts NaN': mistake(
    'spec/grade.ts',
    'if (Object.is(got, cell.value) ||',
    'if (Number.isNaN(got) || Object.is(got, cell.value) ||',
    'spec/grade',
  ),
  'the tolerance adds up over calls': mistake(
    'spec/grade.ts',
    "['C', D.mul(gap, 4)],",
    "['C', D.mul(gap, (globalThis.spent = (globalThis.spent ?? 3) + 1))],",
    'spec/grade',
  ),
  'the last element is not compared': mistake(
    'properties/subject.ts',
    'Array.from(got.data, (y, index)',
    'Array.from(got.data.slice(0, -1), (y, index)',
    'properties/law',
  ),
  'every element is compared with the first': mistake(
    'properties/subject.ts',
    'const cell = cells[index]!;',
    'const cell = cells[0]!;',
    'properties/law',
  ),
  'an exception is swallowed': mistake(
    'properties/subject.ts',
    "return { error: { kind: 'internal', ",
    "return { skip: { reason: message }, error: { kind: 'internal', ",
    'properties/law',
  ),
  'the gate is not that of the plan': mistake(
    'properties/laws/judgement.ts',
    'gate?.(n) ?? ownGate(subject, n.want)',
    "gate?.(n) ?? 'E'",
    'properties/law',
  ),
  'one kind of fault hides the others': mistake(
    'properties/laws/judgement.ts',
    '...new Map([...faults].reverse().map((f) => [f.name, f])).values(),',
    '...faults.slice(0, 1),',
    'properties/law',
  ),
  'what is undecided is compared': mistake(
    'properties/laws/judgement.ts',
    'return { faults: [], compared: 0, isUndecided: true };',
    'return { faults: [], compared: 1, isUndecided: true };',
    'properties/law',
  ),
};

const asking: Mistakes = {
  'floats that reach no tail': mistake(
    'properties/floats.ts',
    'const any = fc.bigInt({ min: low, max: high });',
    'const any = fc.bigInt({ min: -rank(2 ** 10, format), max: rank(2 ** 10, format) }).map(within);',
    'properties/floats',
  ),
  'floats that are nowhere near a point': mistake(
    'properties/floats.ts',
    'fc.constantFrom(...TURNING_POINTS, ...points)',
    'fc.constantFrom(...TURNING_POINTS)',
    'properties/floats',
  ),
  'no input is ever left out': mistake(
    'properties/inputs.ts',
    'fc.option(some, { nil: undefined })',
    'some',
    'properties/inputs',
  ),
  'the seed is not used': mistake(
    'properties/law.ts',
    '{ seed: subject.seed, numRuns: due * PATIENCE }',
    '{ numRuns: due * PATIENCE }',
    'properties/law',
  ),
  'a shrinker that shows what does not fail': mistake(
    'properties/law.ts',
    'if (found) smallest = { question: q, fault: found };',
    'smallest = { question: q, fault: found ?? fault };',
    'properties/law',
  ),
  'a law that asks and does not look': mistake(
    'properties/laws/deterministic.ts',
    'const half = all.length / 2;',
    'const half = 0;',
    'conformance/controls',
  ),
  'a crash is taken for an error that is due': mistake(
    'properties/laws/errors.ts',
    "if (reply.error?.kind === 'invalid_input')",
    'if (reply.error)',
    'conformance/controls',
  ),
};

const knowing: Mistakes = {
  'the oracle is off by an ulp': mistake(
    'spec/oracle/fast.ts',
    'return { value: low, lo, hi,',
    'return { value: roundNumber(low * (1 + 1.5 * 2 ** -format.precision), format), lo, hi,',
    'spec/oracle',
  ),
  'the oracle guesses': mistake(
    'spec/oracle/fast.ts',
    'if (!Object.is(low, high)) return undefined;',
    '',
    'spec/oracle',
  ),
  'a dialect excuses everything': mistake(
    'properties/dialect.ts',
    '.filter(({ number, theirs }) => isAtLeast(theirs.verdict.grade, gateOf(number)));',
    ';',
    'conformance/dialect',
  ),
};

const telling: Mistakes = {
  'what compared nothing passes': mistake(
    'properties/tally.ts',
    "if (compared > 0) return 'pass';",
    "if (compared >= 0) return 'pass';",
    'properties/law',
  ),
  'the last grade counts and not the worst': mistake(
    'properties/tally.ts',
    'grade: worse(row.grade, grade),',
    'grade,',
    'properties/law',
  ),
  'a baseline excuses another fault of the same law': mistake(
    'conformance/baseline.ts',
    'faults.find((f) => f.name === fault)',
    'faults[0]',
    'conformance/baseline',
  ),
  'a baseline excuses a whole law': mistake(
    'conformance/verdict.ts',
    'all.filter((name) => !excused.has(name))',
    "all.filter((name) => ![...excused].some((e) => name.startsWith(e.replace(/[^/]*$/, ''))))",
    'conformance/baseline',
  ),
  'the exit code is always 0': mistake(
    'conformance/verdict.ts',
    '({ exitCode, says, unlisted });',
    '({ exitCode: 0, says, unlisted });',
    'conformance/check',
  ),
  'a report drops a failure': mistake(
    'conformance/report/record.ts',
    'result.findings.map((finding) => ({',
    'result.findings.slice(0, 1).map((finding) => ({',
    'conformance/report-forms',
  ),
  'a row of the report drops a failure': mistake(
    'conformance/report/summary.ts',
    'r.findings.map((f) => checkName(',
    'r.findings.slice(1).map((f) => checkName(',
    'conformance/report',
  ),
  'every mutant counts as killed': mistake(
    'test/mutants/run.ts',
    'if (!found.fault) continue;',
    '',
    'mutants/mutants',
  ),
  'a shard loses work': mistake(
    'conformance/plan.ts',
    'place % of === index - 1;',
    'place % of === index - 1 && place % 100 !== 99;',
    'conformance/shard',
  ),
  'a merge does without a shard': mistake(
    'conformance/report/join.ts',
    'if (missing.length === 0) return;',
    'if (missing.length < of!) return;',
    'conformance/shard',
  ),
};

const hearing: Mistakes = {
  'an answer that cannot be read is a skip': mistake(
    'conformance/wire/link.ts',
    "return { error: { kind: 'protocol', message: messageOf(problem) } };",
    'return { skip: { reason: messageOf(problem) } };',
    'conformance/hostile',
  ),
  'a crash is a skip': mistake(
    'conformance/adapters/process.ts',
    'deliver(guilty.job, { error: guilty.trouble });',
    "deliver(guilty.job, { skip: { reason: 'crashed' } });",
    'conformance/hostile',
  ),
  'nobody is asked twice': mistake(
    'conformance/wire/probe.ts',
    'if (n === LATER) probe();',
    'if (n === LATER) remembered = undefined;',
    'conformance/process',
  ),
  'elements that are missing are none': mistake(
    'conformance/wire/codec.ts',
    'if (bytes.length !== due)',
    'if (bytes.length > due)',
    'conformance/wire',
  ),
};

const sweeping: Mistakes = {
  'a sweep counts what it does not look at': mistake(
    'conformance/sweep/judge.ts',
    'if (isRight && worst',
    'if (isRight || worst',
    'conformance/sweep',
  ),
  'what float64 does not tell is wrong': mistake(
    'conformance/sweep/errors.ts',
    '[isBounded, isPlain, v.and,',
    '[isBounded, isBounded, v.and,',
    'conformance/sweep',
  ),
  'enclosures are not widened': mistake(
    'conformance/sweep/column.ts',
    'const ROUNDING = 2 ** -52;',
    'const ROUNDING = 0;',
    'conformance/sweep',
  ),
  'what was swept twice counts twice': mistake(
    'conformance/sweep/result.ts',
    'if (last && range.from < last.to)',
    'if (last && range.to < last.from)',
    'conformance/sweep',
  ),
};

export const mistakes: Mistakes = {
  ...{ ...judging, ...asking, ...knowing, ...telling, ...hearing, ...sweeping },
};

/** What must not count as caught: who caught these would catch anything. */
export const decoys: Mistakes = {
  'nothing is changed': mistake(
    ...(['spec/grade.ts', 'export function judge(', 'export function judge('] as const),
    'spec/grade',
  ),
  'a file that cannot be read': mistake(
    ...(['spec/grade.ts', 'export function judge(', 'export function judge(('] as const),
    'spec/grade',
  ),
};
