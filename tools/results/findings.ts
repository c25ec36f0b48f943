/** # The page of one peer: every operator that fails, and by which cases */
import { operators } from '../../conformance/operators.ts';
import { decodeRequest } from '../../conformance/wire/codec.ts';
import { complete } from '../../conformance/wire/session.ts';
import { errorText, fromAnswer, inputLines, labelled } from './cases.ts';
import { escaped, fence, folded, MADE } from './markdown.ts';
import type { Finding, Graded, Message, Ran, Row } from './record.ts';

export function findingsPage(record: Ran): string {
  const { peer, impl, env = {}, suite, seed, profile, date, rows } = record;
  const failing = rows.filter(({ failed }) => failed.length > 0);
  const told = rows.filter(({ failed, dialects }) => failed.length + dialects.length > 0);
  const facts = [
    `suite ${suite}`,
    `seed ${seed}`,
    profile,
    ...Object.entries(env).map(([name, said]) => `${name} ${said}`),
    date,
  ];
  return [
    `${MADE}\n\n# ${peer} ${impl.version}\n\n${facts.join(' · ')}`,
    failing.length === 0
      ? 'No check fails.'
      : `${failing.length} of ${rows.length} operators have checks that fail. ${READING}`,
    ...told.map((row) => section(record, row)),
  ]
    .join('\n\n')
    .concat('\n');
}

const READING = `Each is shown by the smallest case that was found. A law about several answers (a batch, an identity, an order) replays
one of them. \`…\` marks what is cut off; the \`.json\` file has it whole.`;

function section(record: Ran, { op, value, gradient, failed, dialects, findings }: Row): string {
  const more = failed.length - findings.length;
  return [
    `### ${op}`,
    [...gradeText('value', value), ...gradeText('gradient', gradient)].join('; '),
    ...findings.map((finding) => findingText(record, finding)),
    dialects.length === 0 ? '' : `Legal and its dialect's: ${checks(dialects)}.`,
    ...(more > 0 ? [`And ${more} more: ${checks(others(failed, findings))}.`] : []),
  ]
    .filter((text) => text !== '')
    .join('\n\n');
}

const gradeText = (of: string, graded: Graded | undefined): readonly string[] =>
  graded
    ? [
        `${of} ${graded.grade}, largest observed ${errorText(graded.ulps)} in ${escaped(graded.region)}`,
      ]
    : [];

const others = (failed: readonly string[], findings: readonly Finding[]): readonly string[] =>
  failed.filter((check) => !findings.some((finding) => finding.check === check));

const checks = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

function findingText({ replay }: Ran, finding: Finding): string {
  const { check, says, clause, witness, like } = finding;
  const lines = [
    ...(clause ? [labelled('clause', clause.join(': '))] : []),
    ...inputLines(finding),
    ...answerLines(finding),
    ...(like ? [labelled('like', like)] : []),
  ];
  return folded(
    `<code>${escaped(check)}</code>: ${escaped(says)}`,
    [fence('text', lines), fence('sh', [replayLine(replay, witness)])].join('\n\n'),
  );
}

/** What a `run` message means without being said is left out. */
export function replayLine(replay: string, { cmd: _, ...message }: Message): string {
  const isUsual = ([name, x]: [string, unknown]): boolean =>
    (name === 'grad_out' && x === null) || (name === 'want' && JSON.stringify(x) === '["out"]');
  const rest = Object.entries({ ...message, params: spoken(message) });
  const said = Object.fromEntries(rest.filter((field) => !isUsual(field)));
  return `npx touchstone replay - ${replay} <<< '${JSON.stringify(said).replaceAll("'", `'\\''`)}'`;
}

/** The parameters that are not the default; all of them where some are illegal, as those are not completed. */
function spoken(message: Message): object {
  const request = decodeRequest(message);
  const wire = message.params as { readonly [name: string]: unknown };
  const defaults = operators.get(request.op)?.params ?? {};
  const isDefault = (name: string): boolean => request.params[name] === defaults[name]?.default;
  try {
    complete(request);
  } catch {
    return wire;
  }
  return Object.fromEntries(Object.entries(wire).filter(([name]) => !isDefault(name)));
}

function answerLines(finding: Finding): readonly string[] {
  const { want, index, got, exact, due, ulps, grade, gate, answer } = finding;
  const refusal = answer.error as { readonly kind: string; readonly message: string } | undefined;
  if (got === undefined)
    return refusal ? [labelled('answer', `${refusal.kind}: ${refusal.message}`)] : [];
  const nearest = due === undefined ? '' : `, nearest ${fromAnswer(finding, due)}`;
  return [
    labelled('got', `${fromAnswer(finding, got)} at ${want}[${index}]`),
    ...(exact === undefined ? [] : [labelled('exact', `${exact}${nearest}`)]),
    ...(ulps === undefined
      ? []
      : [labelled('error', `${errorText(ulps)}: grade ${grade}, should be ${gate} or better`)]),
  ];
}
