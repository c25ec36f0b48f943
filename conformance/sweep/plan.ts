/** # What is swept, and who answers */
import type { Candidate, Payload } from '../../properties/candidate.ts';
import { toPayload, toTensor } from '../../properties/payload.ts';
import { float32, roundNumber } from '../../spec/format.ts';
import type { Elementwise } from '../../spec/op.ts';
import { type Params, type Settings, settle } from '../../spec/param.ts';
import { tensor } from '../../spec/tensor.ts';
import { EXIT, failure } from '../failure.ts';
import { FORMATS } from '../formats.ts';
import { operators } from '../operators.ts';
import type { Answer, Question } from './judge.ts';
import type { Plan } from './result.ts';

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
  const { dtypes, ops, impl, commands = [] } = await candidate.hello();
  if (!Object.hasOwn(ops, plan.op))
    throw failure(EXIT.candidate, `sweep: ${impl.name} does not offer ${plan.op}`);
  const dtype = dtypes.includes(plan.format) ? plan.format : 'f32';
  const wanted = plan.of === 'value' ? 'out' : 'grad:input';
  const format = FORMATS[plan.format];
  const { settings } = questionOf(plan);
  const asked = { op: plan.op, params: { ...settings }, want: [wanted] as const };
  const makesInputs = commands.includes('sweep') && dtype === plan.format;
  return async (inputs, out, start) => {
    const count = inputs.length;
    const reply = await candidate.run(
      makesInputs
        ? { ...asked, in: {}, patterns: { dtype: plan.format, start, count } }
        : { ...asked, in: { input: toPayload(tensor([count], inputs, dtype)) } },
    );
    const answer = reply[wanted];
    if (!answer || answer.data.length !== out.length)
      throw failure(
        EXIT.candidate,
        `sweep: ${impl.name} ${refused(reply.error?.message, answer, out.length)}`,
      );
    out.set(toTensor(answer).data);
    if (format !== float32) for (const [i, x] of out.entries()) out[i] = roundNumber(x, format);
  };
}

const refused = (message: string | undefined, answer: Payload | undefined, due: number): string =>
  message ?? `gave ${answer ? `${answer.data.length} answers to ${due} inputs` : 'no answer'}`;
