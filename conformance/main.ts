/** # The command line: from arguments to an exit code */
import { Command, CommanderError } from 'commander';
import { type Named, names } from './adapters/index.ts';
import { EXIT, failure, isFailure, messageOf } from './failure.ts';
import { isAnswered, quiet, saidBy } from './parse.ts';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

/** As a process has it that dies of writing to nobody. */
const BROKEN_PIPE = 141;

/** Runs one command and returns its exit code; never throws. What follows `--` is a program to judge. */
export async function main(words: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = EXIT.conforms;
  const dashes = words.indexOf('--');
  const args = dashes < 0 ? words : words.slice(0, dashes);
  const command = dashes < 0 ? undefined : words.slice(dashes + 1);
  const program = build(terminal, command, (ended) => {
    code = ended;
  });
  try {
    if (args.length === 0) {
      terminal.tell(program.helpInformation());
      return EXIT.usage;
    }
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (problem) {
    return isAnswered(problem) ? EXIT.conforms : ended(problem, terminal);
  }
}

function ended(problem: unknown, { tell, colors }: Terminal): number {
  const told = (code: number, message: string) => {
    tell(`${colors.red('error')}: ${message}\n`);
    return code;
  };
  if ((problem as NodeJS.ErrnoException | null)?.code === 'EPIPE') return BROKEN_PIPE;
  if (problem instanceof CommanderError) return told(EXIT.usage, saidBy(problem));
  if (isFailure(problem)) return told(problem.exitCode, problem.message);
  if (problem instanceof Error && problem.name === 'MissingPeer')
    return told(EXIT.candidate, problem.message);
  const stack = problem instanceof Error ? problem.stack : undefined;
  return told(EXIT.ours, `this is our fault, not yours\n${stack ?? messageOf(problem)}`);
}

/** `done` gets the exit code of the command that ran. */
function build(
  terminal: Terminal,
  command: readonly string[] | undefined,
  done: (code: number) => void,
): Command {
  const program = quiet(new Command('touchstone'), terminal)
    .description('What every loss and activation is, to the last bit.')
    .version(version)
    .enablePositionalOptions()
    .helpCommand(true)
    .addHelpText('before', EXAMPLES)
    .addHelpText('after', CODES);
  addLookUps(program, terminal, done);
  addEval(program, terminal, done);
  addCheck(program, terminal, command, done);
  addMerge(program, terminal, done);
  addReplay(program, terminal, command, done);
  addInit(program, terminal, done);
  addVectors(program, terminal, done);
  addJudge(program, terminal, done);
  addLedger(program, terminal, done);
  addNan(program, terminal, done);
  addSweep(program, terminal, command, done);
  return program;
}

const EXAMPLES = `Examples:
  touchstone check fast                                   judge our own implementation
  touchstone check ./mine.js --op 'softmax' --profile smoke
  touchstone eval cross-entropy --input '[[18, 0]]' --target '[0]'
  touchstone explain cross-entropy
`;
const CODES = `
Exit codes: 0 conforms, 1 does not, 2 usage or nothing was executed, 3 the candidate could not be run,
4 stale baseline only, 5 our own fault, 130 interrupted.`;

function addLookUps(program: Command, terminal: Terminal, done: (code: number) => void): void {
  program
    .command('list')
    .description('operators, parameters, clauses')
    .option('--json', 'one line of JSON')
    .addHelpText('before', 'Examples:\n  touchstone list\n  touchstone list --json\n')
    .action(async (options) => {
      const { list } = await import('./commands/list.ts');
      done(await list(options, terminal));
    });
  program
    .command('explain')
    .description('formula, shapes, edges, dialects, in the terminal')
    .argument('<op | clause>', 'such as cross-entropy, or CE-7')
    .addHelpText('before', 'Examples:\n  touchstone explain softplus\n  touchstone explain CE-7\n')
    .action(async (name) => {
      const { explain } = await import('./commands/explain.ts');
      done(await explain(name, terminal));
    });
}

/** Its flags depend on the operator, so it parses them itself. */
function addEval(program: Command, terminal: Terminal, done: (code: number) => void): void {
  program
    .command('eval')
    .description('exact value (20 digits), bits, gradient; or many cases from standard input')
    .usage("<op> --input '[…]' [options] | [--impl reference|fast] < cases.jsonl")
    .argument('[arguments...]')
    .allowUnknownOption()
    .passThroughOptions()
    .helpOption(false)
    .action(async (args: string[]) => {
      const { evaluate } = await import('./commands/eval.ts');
      done(await evaluate(args, terminal));
    });
}

/** The candidate by name, or the program that follows `--`. */
function namedBy(name: string | undefined, command: readonly string[] | undefined): Named {
  if (name !== undefined && command === undefined) return name;
  if (name === undefined && command !== undefined && command.length > 0) return command;
  throw failure(EXIT.usage, 'name one candidate: fast, onnxruntime, ./module.js, or -- COMMAND');
}

function addCheck(
  program: Command,
  terminal: Terminal,
  command: readonly string[] | undefined,
  done: (code: number) => void,
): void {
  program
    .command('check')
    .description('judge an implementation')
    .usage('[options] <candidate> | [options] -- COMMAND …')
    .argument('[candidate]', `${names.join(', ')}, or ./module.js`)
    .option('--op <glob>', 'only operators of this name; * is any letters')
    .option('--profile <name>', 'how many cases: smoke, quick or full', 'quick')
    .option('--seed <integer>', 'the same seed asks the same questions', '20260101')
    .option('--min-grade <grade>', 'the least grade that passes, from S to E', 'C')
    .option('--dialect <name>', 'whose legal differences are no failures, such as pytorch or spec')
    .option('--jobs <n>', 'test in n processes at once; by default a program in one for each core')
    .option('--shard <i/n>', 'one of n parts of the work, for touchstone merge')
    .option('--baseline <file>', BASELINE)
    .option('--update', UPDATE)
    .option('--accept', ACCEPT)
    .option('--report <kind=file>', REPORT, collect, [])
    .option('--json', 'one line of JSON')
    .option('--start-timeout <seconds>', 'for a program to say hello: 30')
    .option('--timeout <seconds>', 'for a program to answer: 5')
    .addHelpText('before', CHECK_EXAMPLES)
    .action(async (name, options) => {
      const { check } = await import('./commands/check.ts');
      done(await check(namedBy(name, command), options, terminal));
    });
}

const CHECK_EXAMPLES = `Examples:
  touchstone check fast
  touchstone check onnxruntime --baseline golden/onnxruntime.baseline.json
  touchstone check ./mine.js --op '*cross-entropy*' --report jsonl=report.jsonl
  touchstone check --profile smoke -- python my_adapter.py
`;

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

const BASELINE = 'known failures';
const UPDATE = 'remove from the baseline what passes now';
const ACCEPT = 'with --update: and add what fails anew';
const REPORT =
  'write a report: jsonl, json, junit, markdown, html, github, badge, baseline; - is standard output; may be repeated';

const MERGE_EXAMPLES = `Examples:
  touchstone merge shard-*.jsonl
  touchstone merge run.jsonl --report html=run.html --report junit=run.xml
  touchstone merge mish-*.json --report json=mish.json
`;

function addMerge(program: Command, terminal: Terminal, done: (code: number) => void): void {
  program
    .command('merge')
    .description('the shards of a run or of a sweep as one; or other reports of a whole run')
    .argument(
      '<files...>',
      'of every shard what check --report jsonl=FILE or sweep --out FILE wrote',
    )
    .option('--baseline <file>', `${BASELINE}, as the shards had it`)
    .option('--update', UPDATE)
    .option('--accept', ACCEPT)
    .option('--report <kind=file>', REPORT, collect, [])
    .option('--json', 'one line of JSON')
    .addHelpText('before', MERGE_EXAMPLES)
    .action(async (files, options) => {
      const { merge } = await import('./commands/merge.ts');
      done(await merge(files, options, terminal));
    });
}

const REPLAY_EXAMPLES = `Examples:
  touchstone replay case.json
  echo '{"op":"sigmoid","in":{"input":{"dtype":"f32","shape":[1],"values":[-18]}}}' |
    touchstone replay - --candidate onnxruntime
`;

function addReplay(
  program: Command,
  terminal: Terminal,
  command: readonly string[] | undefined,
  done: (code: number) => void,
): void {
  program
    .command('replay')
    .description('one case again, bit for bit')
    .argument('<case>', 'a file with a run message, or - for standard input')
    .option('--candidate <candidate>', 'fast (default), onnxruntime, ./module.js; or -- COMMAND')
    .option('--start-timeout <seconds>', 'for a program to say hello: 30')
    .option('--timeout <seconds>', 'for a program to answer: 5')
    .addHelpText('before', REPLAY_EXAMPLES)
    .action(async (file, options) => {
      const { replay } = await import('./commands/replay.ts');
      const name = options.candidate ?? (command ? undefined : 'fast');
      done(await replay(file, { ...options, candidate: namedBy(name, command) }, terminal));
    });
}

function addInit(program: Command, terminal: Terminal, done: (code: number) => void): void {
  program
    .command('init')
    .description('an adapter to begin with, in one of six languages')
    .requiredOption('--lang <language>', 'python, rust, c, cpp, js or ts')
    .option('--dir <folder>', 'where to write it', '.')
    .addHelpText(
      'before',
      'Examples:\n  touchstone init --lang python\n  touchstone init --lang rust --dir my-adapter\n',
    )
    .action(async (options) => {
      const { init } = await import('./commands/init.ts');
      done(await init(options, terminal));
    });
}

const VECTORS_EXAMPLES = `Examples:
  touchstone vectors --out vectors.jsonl
  touchstone vectors --op softmax --profile smoke --min-grade A
  touchstone vectors --format safetensors --out vectors
`;

function addVectors(program: Command, terminal: Terminal, done: (code: number) => void): void {
  program
    .command('vectors')
    .description('test vectors for those who want no runner')
    .option('--op <glob>', 'only operators of this name; * is any letters')
    .option('--format <name>', 'jsonl, or safetensors with a file for each operator', 'jsonl')
    .option('--out <path>', 'a file, or for safetensors a new folder; standard output if absent')
    .option('--profile <name>', 'how many: smoke or quick', 'quick')
    .option('--seed <integer>', 'the same seed gives the same bytes', '20260101')
    .option('--min-grade <grade>', 'the least grade that the intervals allow, from S to E', 'C')
    .addHelpText('before', VECTORS_EXAMPLES)
    .action(async (options) => {
      const { vectors } = await import('./commands/vectors.ts');
      done(await vectors(options, terminal));
    });
}

const JUDGE_EXAMPLES = `Examples:
  touchstone vectors --out vectors.jsonl
  touchstone judge answers.jsonl --vectors vectors.jsonl
`;

function addJudge(program: Command, terminal: Terminal, done: (code: number) => void): void {
  program
    .command('judge')
    .description('judge recorded answers to test vectors')
    .argument('<answers>', 'a file with an answer on each line, with the id of its vector')
    .option('--vectors <file>', 'that were answered; if absent, those of --profile quick')
    .option('--seed <integer>', 'of the vectors, where no file holds them', '20260101')
    .option('--min-grade <grade>', 'the least grade that passes; if absent, that of the vectors')
    .option('--json', 'one line of JSON')
    .addHelpText('before', JUDGE_EXAMPLES)
    .action(async (file, options) => {
      const { judge } = await import('./commands/judge.ts');
      done(await judge(file, options, terminal));
    });
}

const LEDGER_EXAMPLES = `Examples:
  touchstone ledger cross-entropy
  touchstone ledger hardtanh --profile smoke --json
`;

function addLedger(program: Command, terminal: Terminal, done: (code: number) => void): void {
  program
    .command('ledger')
    .description('how many questions of each law reach each region of an operator')
    .argument('<op>', 'such as cross-entropy')
    .option('--profile <name>', 'how many questions: smoke, quick or full', 'quick')
    .option('--seed <integer>', 'of the questions', '20260101')
    .option('--json', 'one line of JSON')
    .option('--markdown', 'as a page')
    .addHelpText('before', LEDGER_EXAMPLES)
    .action(async (op, options) => {
      const { ledger } = await import('./commands/ledger.ts');
      done(await ledger(op, options, terminal));
    });
}

const NAN_EXAMPLES = `Examples:
  touchstone nan --input '[[120, 3, -5]]' --target '[1]'
  touchstone nan --input '[17]' --target '[0]' --op BCELoss --from logits
  touchstone nan batch.safetensors --format f16 --set labelSmoothing=0.1
  touchstone nan batch.npz --as log-softmax

Save a batch: safetensors.torch.save_file({"input": x, "target": t}, "batch.safetensors"), numpy.savez, or JSON.
`;

function addNan(program: Command, terminal: Terminal, done: (code: number) => void): void {
  program
    .command('nan')
    .description('where the first NaN or ∞ of a loss is born')
    .argument('[file]', 'a saved batch: safetensors, npz or JSON')
    .option('--input <json>', 'a pasted batch: its input')
    .option('--target <json>', 'its target')
    .option(
      '--tensor <name=json>',
      'another tensor of it, such as weight; may be repeated',
      collect,
      [],
    )
    .option('--op <loss>', 'such as cross-entropy or BCELoss; guessed from the batch if absent')
    .option(
      '--from <what>',
      'what the input holds: logits, probabilities, log-probabilities, values',
    )
    .option(
      '--as <textbook>',
      'how it is written, such as softmax-log (an unknown name lists all); the most usual way if absent',
    )
    .option('--format <name>', 'f32, f16 or bf16; that of the input if absent')
    .option('--set <name=value>', 'a parameter; may be repeated', collect, [])
    .option('--json', 'one line of JSON')
    .addHelpText('before', NAN_EXAMPLES)
    .action(async (file, options) => {
      const { nan } = await import('./commands/nan.ts');
      done(await nan(file, options, terminal));
    });
}

const SWEEP_EXAMPLES = `Examples:
  touchstone sweep sigmoid
  touchstone sweep gelu --derivative --params '{"approximate":"tanh"}' --out gelu.json --resume
  touchstone sweep tanh --candidate onnxruntime --shard 3/64 --out tanh-3.json
  touchstone sweep silu --format bf16 -- python my_adapter.py
`;

function addSweep(
  program: Command,
  terminal: Terminal,
  command: readonly string[] | undefined,
  done: (code: number) => void,
): void {
  program
    .command('sweep')
    .description('judge every input of an elementwise operator')
    .argument('<op>', 'such as sigmoid')
    .option('--candidate <candidate>', 'fast (default), onnxruntime, ./module.js; or -- COMMAND')
    .option('--derivative', 'the derivative instead of the value')
    .option('--params <json>', 'an object of parameters; the defaults where absent')
    .option('--format <name>', 'f32, f16 or bf16', 'f32')
    .option('--shard <i/n>', 'one of n parts, for touchstone merge', '1/1')
    .option('--jobs <n>', 'threads, each with a candidate of its own; by default one for each core')
    .option('--out <file>', 'what was found; also of a part, after Ctrl-C')
    .option('--resume', 'go on with what --out has')
    .option('--json', 'one line of JSON')
    .option('--start-timeout <seconds>', 'for a program to say hello: 30')
    .option('--timeout <seconds>', 'for a program to answer: 5')
    .addHelpText('before', SWEEP_EXAMPLES)
    .action(async (op, options) => {
      const { sweep } = await import('./commands/sweep.ts');
      const name = options.candidate ?? (command ? undefined : 'fast');
      done(await sweep(op, namedBy(name, command), options, terminal));
    });
}
