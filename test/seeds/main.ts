/**
 * # `check fast` with many seeds: none may fail
 *
 *     node dist/test/seeds/main.js [--count N] [--shard I/N]
 *
 * Takes half a minute to a minute for each seed. What was run is kept in .touchstone/seeds; a series that
 * was cut goes on, shards can run side by side, and without --shard all of them are told. Exits 1 if one
 * fails.
 */
import { Command } from 'commander';
import { EXIT, failure } from '../../conformance/failure.ts';
import { shardOf, shareOf } from '../../conformance/plan.ts';
import { failing, hashOfCode, seedsOf } from './runs.ts';

const { count, shard } = new Command('npm run seeds --')
  .option('--count <n>', 'how many', Number, 200)
  .option('--shard <i/n>', 'every n-th of them from the i-th on')
  .parse()
  .opts<{ readonly count: number; readonly shard?: string }>();

const refused = (flag: string, text: string, due: string) =>
  failure(EXIT.usage, `seeds: --${flag} ${text} should be ${due}`);
const seeds = shareOf(seedsOf(count), shard === undefined ? undefined : shardOf(shard, refused));
const folder = `.touchstone/seeds/${hashOfCode()}`;
const failed = await failing(seeds, ['check', 'fast'], folder, (line) => console.log(line));
console.log(`${seeds.length} seeds, ${failed.length} of them fail`);
process.exitCode = failed.length > 0 ? EXIT.fails : seeds.length === 0 ? EXIT.usage : EXIT.conforms;
