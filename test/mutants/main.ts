/**
 * # Every known bug, made again: is it found, and how soon?
 *
 *     node dist/test/mutants/main.js [--only ID] [--profile quick|full] [--compare] [--page FILE]
 *
 * Exits 1 if a mutant survives that is not listed with a reason, or looks like something else.
 */
import { Command, Option } from 'commander';
import { EXIT } from '../../conformance/failure.ts';
import { table } from '../../conformance/table.ts';
import { writeWhole } from '../../conformance/whole.ts';
import { missing, mutants, notShown } from './index.ts';
import { deathsOf, type Fate, lineOf, pageOf, summaryOf } from './report.ts';
import { kill, PROFILES, type Profile, planFor } from './run.ts';
import { compared, speedRows } from './speed.ts';

interface Options {
  readonly only?: string;
  readonly profile: Profile;
  readonly compare?: true;
  readonly page?: string;
}

const program = new Command()
  .option('--only <id>', 'one bug of the corpus')
  .addOption(
    new Option('--profile <name>', 'how many questions').choices(PROFILES).default('quick'),
  )
  .option('--compare', 'whether the full profile kills those that survive')
  .addOption(new Option('--page <file>', 'write what docs/mutants.md is').conflicts('only'))
  .parse();
const { only, profile, compare, page } = program.opts<Options>();
if (compare && profile === 'full')
  program.error('--compare is with the full profile, not of it', { exitCode: EXIT.usage });

async function fateOf(id: string): Promise<Fate> {
  const [op, , like] = mutants[id]!;
  const killed = await kill(mutants[id]!, planFor(profile));
  return { id, op, killed, isLike: !like || (killed?.like ?? []).some((said) => like.test(said)) };
}

const fates: Fate[] = [];
for (const id of Object.keys(mutants).filter((id) => only === undefined || id === only)) {
  const fate = await fateOf(id);
  console.log(lineOf(fate));
  fates.push(fate);
}
if (only === undefined) {
  for (const line of summaryOf(fates)) console.log(line);
  for (const [id, why] of Object.entries(notShown)) console.log(`  ${id}: ${why}`);
}
console.log(`cases until a mutant dies\n${table(speedRows(deathsOf(fates)))}`);
if (compare) {
  const survivors = fates.filter(({ killed }) => !killed).map(({ id }) => id);
  const found = new Map<string, Awaited<ReturnType<typeof kill>>>();
  for (const id of survivors) found.set(id, await kill(mutants[id]!, planFor('full')));
  for (const line of compared([profile, 'full'], found)) console.log(line);
}
if (page !== undefined) await writeWhole(page, pageOf(fates, profile));

const isBad = fates.some(({ killed, isLike }) => !killed || !isLike) || missing.length > 0;
process.exitCode = fates.length === 0 ? EXIT.usage : isBad ? EXIT.fails : EXIT.conforms;
