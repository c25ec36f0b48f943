/** # Who is compared: one line for each */
import type { Peer } from '../candidate.ts';
import { onnxruntimeNode, onnxruntimeWeb } from './onnx.ts';
import { plain } from './plain.ts';
import { tfjsCpu, tfjsWasm } from './tfjs.ts';

export const peers: readonly Peer[] = [onnxruntimeNode, onnxruntimeWeb, tfjsWasm, tfjsCpu, plain];
