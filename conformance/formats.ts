/** # The formats that commands take, by the names of their dtypes */
import { bfloat16, float16, float32 } from '../spec/format.ts';

export const FORMATS = { f32: float32, f16: float16, bf16: bfloat16 } as const;
export type FormatName = keyof typeof FORMATS;

export const isFormat = (name: string): name is FormatName => Object.hasOwn(FORMATS, name);
