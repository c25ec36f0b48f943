/** # The command: from arguments to a report */
import { EXIT, isFailure, messageOf } from '../../conformance/failure.ts';
import { isAnswered } from '../../conformance/parse.ts';
import type { Terminal } from '../../conformance/terminal.ts';
import { version } from '../../conformance/version.ts';
import { writeWhole } from '../../conformance/whole.ts';
import type { Peer } from './candidate.ts';
import { SEED } from './cases.ts';
import { compare, type Field } from './compare.ts';
import { machine } from './machine.ts';
import { type Budget, measureFor } from './measure.ts';
import { type Settings, settingsFrom } from './options.ts';
import { touchstone } from './peers/touchstone.ts';
import { type Profile, profiles } from './profile.ts';
import { NOTES, PROFILE_NOTES, type Report, type Result, ROUNDING_NOTES } from './report.ts';
import { type Cost, costs } from './rounding.ts';
import { block, costLine, footing, heading, profileLine } from './text.ts';

/** Whoever cannot be loaded stays in the field, with the reason. */
export async function load(invited: readonly Peer[]): Promise<Field> {
  const field = [];
  for (const { name, load: loaded } of invited)
    field.push(
      await loaded().then(
        (implementation) => ({ name, ...implementation }),
        (problem: unknown) => ({ name, reason: reasonOf(problem) }),
      ),
    );
  return field;
}

/** In one line, and without our own path, which Node adds. */
const reasonOf = (problem: unknown): string =>
  messageOf(problem)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ imported from [^)]*/g, '');

/** Runs everything that was chosen; prints each table as it comes. */
export async function bench(settings: Settings, { print }: Terminal): Promise<Report> {
  const { seconds, rounds } = settings;
  const place = { machine: machine(), started: new Date().toISOString() };
  const field = await load([touchstone, ...settings.peers]);
  const report: Omit<Report, 'results'> = {
    version,
    ...place,
    peers: field.map((member) =>
      'reason' in member ? member : { name: member.name, version: member.version },
    ),
    settings: { seconds, rounds, seed: SEED },
    notes: notesFor(settings),
  };
  await print(heading(report));
  const results: Result[] = [];
  for (const chosen of settings.chosen) {
    const result = await compare(chosen, field, measureFor(settings));
    results.push(result);
    await print(block(result));
  }
  const rounding = settings.rounding ? await roundingCosts(settings, print) : undefined;
  const profile = settings.profile ? await profilesOf(settings, print) : undefined;
  await print(footing(report));
  return { ...report, results, ...(rounding && { rounding }), ...(profile && { profile }) };
}

function notesFor({ rounding, profile }: Settings): readonly string[] {
  if (!rounding && !profile) return NOTES;
  return [...(rounding ? ROUNDING_NOTES : []), ...(profile ? PROFILE_NOTES : [])];
}

async function roundingCosts(budget: Budget, print: Terminal['print']): Promise<readonly Cost[]> {
  const found: Cost[] = [];
  await print(`\n${costLine()}`);
  for await (const cost of costs(measureFor(budget))) {
    found.push(cost);
    await print(costLine(cost));
  }
  return found;
}

async function profilesOf(budget: Budget, print: Terminal['print']): Promise<readonly Profile[]> {
  const found: Profile[] = [];
  await print(`\n${profileLine()}`);
  for await (const profile of profiles(measureFor(budget))) {
    found.push(profile);
    await print(profileLine(profile));
  }
  return found;
}

/** Ours is measured everywhere, and is right. */
export const isSound = ({ results }: Pick<Report, 'results'>): boolean =>
  results.every(({ lines: [ours] }) => ours && !('reason' in ours) && ours.wrong === undefined);

/** As a process has it that dies of writing to nobody. */
const BROKEN_PIPE = 141;

/** Returns the exit code; never throws. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const settings = settingsFrom(args, terminal);
    const report = await bench(settings, terminal);
    if (settings.json !== undefined)
      await writeWhole(settings.json, `${JSON.stringify(report, null, 2)}\n`);
    return isSound(report) ? EXIT.conforms : EXIT.fails;
  } catch (problem) {
    if (isAnswered(problem)) return EXIT.conforms;
    if ((problem as NodeJS.ErrnoException | null)?.code === 'EPIPE') return BROKEN_PIPE;
    const code = isFailure(problem) ? problem.exitCode : EXIT.ours;
    const stack = problem instanceof Error ? problem.stack : undefined;
    const text = code === EXIT.ours ? (stack ?? messageOf(problem)) : messageOf(problem);
    terminal.tell(`${terminal.colors.red('error')}: ${text}\n`);
    return code;
  }
}
