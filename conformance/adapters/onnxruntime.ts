/**
 * # ONNX Runtime as a candidate
 *
 * Every operator whose definition names an ONNX operator and a version of the operator set is
 * offered, as a model of that one node. ONNX Runtime has no gradients.
 */
import type {
  Candidate,
  Hello,
  Payload,
  Refusal,
  Reply,
  Request,
} from '../../properties/candidate.ts';
import { bind } from '../../spec/axes.ts';
import { cpuFeatures } from '../onnx/cpu.ts';
import { type Asked, type Declared, derive, isOffered, type Offered } from '../onnx/derive.ts';
import { loadProtobuf, loadRuntime } from '../onnx/peers.ts';
import { runGraph } from '../onnx/session.ts';
import { operators } from '../operators.ts';

/** The version of the operator set beyond which onnxruntime 1.30 refuses a model. */
const HIGHEST = 26;

/** The operators on offer by our id. */
export const offered: ReadonlyMap<string, Offered> = new Map(
  [...operators.values()]
    .filter(isOffered)
    .filter(({ dialects }) => dialects.onnx.opset <= HIGHEST)
    .map((op) => [op.id, op]),
);

async function hello(): Promise<Hello> {
  const [{ env }] = await Promise.all([loadRuntime(), loadProtobuf()]);
  return {
    protocol: 1,
    impl: {
      name: 'onnxruntime',
      version: env.versions.node ?? env.versions.common,
      language: 'C++',
      url: 'https://onnxruntime.ai',
    },
    env: { os: process.platform, arch: process.arch, cpu: cpuFeatures(), threads: '1' },
    dtypes: ['f32', 'i64', 'i32'],
    dialect: 'onnx',
    policy: { ftz: 'none', signed_zero: 'strict', deterministic: true },
    ops: Object.fromEntries([...offered.keys()].map((id) => [id, { grad: [] }])),
  };
}

/**
 * Shapes that the definition refuses are declared as they are: with ranks alone, ONNX Runtime would
 * get no chance to see the misfit. It has to get one, as anybody's exported model gives it.
 */
function declaredFor({ id, inputs }: Offered, asked: Asked): Declared {
  const tensors = Object.fromEntries(
    Object.entries(asked.in).map(([name, { dtype, shape, data }]) => [
      name,
      { dtype, shape, data: { length: data.length } },
    ]),
  );
  if (Object.keys(tensors).length === 1) return 'ranks';
  try {
    bind(id, inputs, tensors);
    return 'ranks';
  } catch {
    return 'shapes';
  }
}

/** What ONNX Runtime says when what it was given is at fault, rather than what it does with it. */
const MISFIT =
  /invalid model|Type Error|ShapeInference|bounds|range|mismatch|shape|size|dimension/i;

function refusal(error: unknown): Refusal {
  const message = error instanceof Error ? error.message : String(error);
  if (/Could not find an implementation/.test(message)) return { kind: 'unsupported', message };
  const ours = error instanceof RangeError || error instanceof TypeError;
  return { kind: ours || MISFIT.test(message) ? 'invalid_input' : 'internal', message };
}

async function answer(definition: Offered, request: Request): Promise<Reply> {
  const derived = derive(definition, request, declaredFor(definition, request));
  if ('reason' in derived) return { skip: derived };
  const { out } = await runGraph(derived.graph, request.in);
  return { out: out as Payload };
}

async function run(request: Request): Promise<Reply> {
  const id = request.id === undefined ? {} : { id: request.id };
  const definition = offered.get(request.op);
  if (definition === undefined)
    return { ...id, error: { kind: 'unsupported', message: `ONNX has no ${request.op}` } };
  if (request.want.some((wanted) => wanted !== 'out'))
    return { ...id, skip: { reason: 'ONNX Runtime has no gradients' } };
  try {
    return { ...id, ...(await answer(definition, request)) };
  } catch (error) {
    if (error instanceof Error && error.name === 'MissingPeer') throw error;
    return { ...id, error: refusal(error) };
  }
}

export const onnxruntime: Candidate = { hello, run };
export default onnxruntime;
