/**
 * # Saved batches: safetensors, npz, npy, JSON
 *
 * By what the file holds, not by its name. Every error begins with the file's name and says what came
 * and what was due.
 */
import { readFileSync } from 'node:fs';
import type { Tensor } from '../../spec/tensor.ts';
import { readTensor } from '../arguments.ts';
import { EXIT, failure, messageOf } from '../failure.ts';
import { shown } from '../wire/schema.ts';
import { npyTensor, npzTensors } from './npz.ts';
import { safetensorsTensors } from './safetensors.ts';

export type Saved = { readonly [name: string]: Tensor };

/** Throws a usage failure for what cannot be read. */
export function readBatch(file: string): Saved {
  try {
    return tensorsOf(file, readFileSync(file));
  } catch (problem) {
    throw failure(EXIT.usage, `${file}: ${messageOf(problem)}`, problem);
  }
}

function tensorsOf(file: string, bytes: Buffer): Saved {
  if (bytes.length === 0) throw new RangeError('is empty');
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04') return npzTensors(bytes);
  if (bytes.subarray(0, 6).toString('latin1') === '\x93NUMPY') return { input: npyTensor(bytes) };
  // A length of eight bytes comes first, and the header begins with a brace.
  if (bytes.length > 8 && bytes[8] === 0x7b && bytes[7] === 0) return safetensorsTensors(bytes);
  if (file.endsWith('.safetensors')) return safetensorsTensors(bytes);
  return jsonTensors(bytes.toString('utf8'));
}

/** Python writes NaN and Infinity as they are, which is not JSON. */
const quoted = (text: string): string =>
  text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (word) =>
    word.startsWith('"') ? word : `"${word}"`,
  );

function jsonTensors(text: string): Saved {
  let value: unknown;
  try {
    value = JSON.parse(quoted(text));
  } catch (problem) {
    throw new TypeError(
      `is neither safetensors nor npz, and not JSON either (${messageOf(problem)})`,
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(
      `holds ${shown(value)} but should hold an object of tensors, such as {"input": [[1, 2]], "target": [1]}`,
    );
  return Object.fromEntries(
    Object.entries(value).map(([name, nested]) => [name, ofJson(name, JSON.stringify(nested))]),
  );
}

/** Nested lists of numbers; where all of a target's are whole, they are classes. */
export function ofJson(name: string, json: string): Tensor {
  const { shape, values } = readTensor(name, quoted(json));
  const data = values.map(Number);
  const isWhole = name === 'target' && data.every(Number.isInteger);
  return { dtype: isWhole ? 'i64' : 'f32', shape, data };
}
