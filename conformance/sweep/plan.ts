/** # What is swept, and who answers */
import type { Candidate, Payload } from '../../properties/candidate.ts';
import { formatOf } from '../../properties/payload.ts';
import {
  bfloat16,
  type Format,
  float16,
  float32,
  fromBits,
  roundNumber,
  toBits,
} from '../../spec/format.ts';
import type { Elementwise } from '../../spec/op.ts';
import { type Params, type Settings, settle } from '../../spec/param.ts';
import { EXIT, failure } from '../failure.ts';
import { operators } from '../operators.ts';
import type { Answer, Question } from './judge.ts';
import type { Plan } from './result.ts';

export const FORMATS: { readonly [name in Plan['format']]: Format } = {
  f32: float32,
  f16: float16,
  bf16: bfloat16,
};

export function questionOf({ op: id, params, of, format }: Plan): Question {
  const op = operators.get(id);
  if (op?.kind !== 'elementwise')
    throw failure(
      EXIT.usage,
      `sweep: ${id} should be an elementwise operator, a function of one number`,
    );
  return {
    op: op as Elementwise,
    settings: settle(op, params as Partial<Settings<Params>>),
    of,
    format: FORMATS[format],
  };
}

/** How the candidate answers; in a format that it does not have, its float32 results are rounded once more. */
export async function answersOf(candidate: Candidate, plan: Plan): Promise<Answer> {
  const { dtypes, ops, impl } = await candidate.hello();
  if (!Object.hasOwn(ops, plan.op))
    throw failure(EXIT.candidate, `sweep: ${impl.name} does not offer ${plan.op}`);
  const dtype = dtypes.includes(plan.format) ? plan.format : 'f32';
  const wanted = plan.of === 'value' ? 'out' : 'grad:input';
  const format = FORMATS[plan.format];
  const { settings } = questionOf(plan);
  return async (inputs, out) => {
    const shape = [inputs.length];
    const data = dtype === 'f32' ? inputs.slice() : bitsOf(inputs, format);
    const request = {
      op: plan.op,
      params: { ...settings },
      in: { input: { dtype, shape, data } },
      want: [wanted] as const,
    };
    const reply = await candidate.run(request);
    const answer = reply[wanted];
    if (!answer || answer.data.length !== out.length)
      throw failure(
        EXIT.candidate,
        `sweep: ${impl.name} ${refused(reply.error?.message, answer, out.length)}`,
      );
    out.set(numbersOf(answer));
    if (format !== float32) for (const [i, x] of out.entries()) out[i] = roundNumber(x, format);
  };
}

const refused = (message: string | undefined, answer: Payload | undefined, due: number): string =>
  message ?? `gave ${answer ? `${answer.data.length} answers to ${due} inputs` : 'no answer'}`;

const bitsOf = (inputs: Float32Array, format: Format): Uint16Array =>
  Uint16Array.from(inputs, (x) => Number(toBits(x, format)));

function numbersOf({ dtype, data }: Payload): ArrayLike<number> {
  if (!(data instanceof Uint16Array)) return data as Float32Array;
  const format = formatOf(dtype)!;
  return Float32Array.from(data, (bits) => fromBits(BigInt(bits), format));
}
