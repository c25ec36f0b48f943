/** # Whether tests go red, in a process of their own */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const { resolve } = createRequire(import.meta.url);
export const root = dirname(resolve('touchstone/package.json'));
const vitest = join(dirname(resolve('vitest/package.json')), 'vitest.mjs');

/** The first test that failed, or else what was there to see. */
export type Seen = { readonly failed: string } | { readonly instead: string };

/** What JSON reports of vitest say, as far as it is read here. */
interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Runs one file of tests up to the first that fails; with a mistake, or as it is. */
export async function seenIn(test: string, mistake?: string): Promise<Seen> {
  const args = [vitest, 'run', test, '--root', root, '--reporter=json', '--silent', '--bail=1'];
  const env = mistake === undefined ? clean() : { ...clean(), TOUCHSTONE_MISTAKE: mistake };
  const options = { cwd: root, env, maxBuffer: Infinity };
  const told = await new Promise<{ code: unknown; out: string }>((done) =>
    execFile(process.execPath, args, options, (problem, out) =>
      done({ code: problem?.code ?? 0, out }),
    ),
  );
  return read(told.out, told.code);
}

/** A red run without a test that failed tells nothing: the file was not there, or could not be loaded. */
export function read(out: string, code: unknown): Seen {
  const start = out.indexOf('{');
  if (start < 0) return { instead: `vitest said nothing and ended with ${code}` };
  const { testResults } = JSON.parse(out.slice(start)) as Report;
  const [file, ...others] = testResults;
  if (!file || others.length > 0)
    return { instead: `${testResults.length} files of tests were run` };
  const failed = file.assertionResults.find(({ status }) => status === 'failed');
  if (failed && code !== 0) return { failed: failed.fullName };
  if (file.assertionResults.length === 0) return { instead: `no test was run: ${file.message}` };
  return { instead: code === 0 ? 'all tests pass' : `no test failed: ${file.message}` };
}

/** Without what a vitest that runs this one said to its own. */
const clean = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|TOUCHSTONE_MISTAKE)/.test(name)),
  ),
  NO_COLOR: '1',
});
