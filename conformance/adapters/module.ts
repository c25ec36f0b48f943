/**
 * # A module as a candidate
 *
 * `export default { hello(), run(request) }`, either of them possibly async. What it says of itself
 * and the form of its answers are checked here, so that a mistake in an adapter reads as one, and
 * not as a wrong number.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Candidate, Hello, Payload, Reply, Request } from '../../properties/candidate.ts';
import { EXIT, type Failure, failure, messageOf } from '../failure.ts';
import { fromBytes } from '../onnx/elements.ts';
import { decodeHello, isDtype, isTensorField } from '../wire/codec.ts';

/** What has a slash or the ending of a script is a path; all else is a name. */
export const isModulePath = (name: string): boolean => /[\\/]|\.[cm]?[jt]s$/.test(name);

export async function loadModule(path: string): Promise<Candidate> {
  const file = resolve(path);
  if (!existsSync(file)) throw unusable(path, 'there is no such file');
  const loaded = await imported(path, file);
  const candidate = loaded.default;
  if (candidate === undefined) throw unusable(path, 'it has no default export');
  for (const name of ['hello', 'run'])
    if (typeof (candidate as Record<string, unknown> | null)?.[name] !== 'function')
      throw unusable(path, `its default export has no function ${name}`);
  return checked(path, candidate as Candidate);
}

const unusable = (path: string, why: string, cause?: unknown): Failure =>
  failure(
    EXIT.candidate,
    `${path}: ${why}; a candidate is a module with export default { hello(), run(request) }`,
    cause,
  );

async function imported(path: string, file: string): Promise<{ default?: unknown }> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (problem) {
    throw unusable(path, `it cannot be loaded (${messageOf(problem)})`, problem);
  }
}

const checked = (path: string, candidate: Candidate): Candidate => ({
  hello: async () => checkedHello(path, await candidate.hello()),
  run: async (request: Request) => checkedReply(path, request, await candidate.run(request)),
});

function checkedHello(path: string, hello: unknown): Hello {
  try {
    return decodeHello(path, hello);
  } catch (problem) {
    throw failure(EXIT.candidate, messageOf(problem), problem);
  }
}

function checkedReply(path: string, { op }: Request, reply: Reply): Reply {
  if (typeof reply !== 'object' || reply === null)
    throw failure(EXIT.candidate, `${path}: ${op}: answered ${String(reply)}, not an object`);
  for (const [name, field] of Object.entries(reply).filter(([name]) => isTensorField(name))) {
    const problem = malformed(field as Partial<Payload> | null);
    if (problem) throw failure(EXIT.candidate, `${path}: ${op}: ${name} ${problem}`);
  }
  return reply;
}

function malformed(payload: Partial<Payload> | null | undefined): string | undefined {
  if (typeof payload !== 'object' || payload === null)
    return 'should be a tensor: { dtype, shape, data }';
  const { dtype, shape, data } = payload;
  if (!isDtype(dtype)) return `has dtype ${String(dtype)}, which is none`;
  if (!Array.isArray(shape)) return `has shape ${String(shape)}, which should be an array`;
  // By name, as the module may live in another realm.
  const due = fromBytes(dtype, new Uint8Array()).constructor.name;
  const came = (data as object | null | undefined)?.constructor?.name ?? String(data);
  if (came !== due) return `has data of ${came} but should have a ${due}: ${dtype}`;
  return undefined;
}
