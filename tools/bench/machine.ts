/** # Where it was measured */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { cpuFeatures } from '../../conformance/onnx/cpu.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly features: string;
  readonly node: string;
  readonly v8: string;
  readonly platform: string;
  /** Whether WebAssembly has fused multiply-add here. */
  readonly fma: boolean;
  /** Of the last minute, at the start: what is above 0 disturbed the measurement. */
  readonly load: number;
}

export const machine = (): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  features: cpuFeatures(),
  node: process.versions.node,
  v8: process.versions.v8,
  platform: `${process.platform} ${process.arch}`,
  fma: WebAssembly.validate(FUSED),
  load: loadavg()[0] ?? 0,
});

/** A module of one function: f64x2.relaxed_madd of its three arguments. */
const FUSED = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x08, 0x01, 0x60, 0x03, 0x7b, 0x7b, 0x7b, 0x01, 0x7b],
  ...[0x03, 0x02, 0x01, 0x00],
  ...[0x0a, 0x0d, 0x01, 0x0b, 0x00],
  ...[0x20, 0x00, 0x20, 0x01, 0x20, 0x02, 0xfd, 0x87, 0x02, 0x0b],
);
