/**
 * # Optional packages
 *
 * Only those who ask ONNX Runtime need its packages, so they are imported when they are first used,
 * and their absence is an error that says how to end it.
 */

/** The versions that this adapter was written against; package.json names the same ones. */
export const PEERS = { 'onnxruntime-node': '1.30.0', protobufjs: '8.8.1' } as const;

export const INSTALL = `npm install --ignore-scripts ${Object.entries(PEERS)
  .map(([name, version]) => `${name}@${version}`)
  .join(' ')}`;

const missing = (cause: unknown): Error => {
  const told = cause instanceof Error ? cause.message : String(cause);
  const error = new Error(`onnxruntime: cannot be loaded (${told}); install it with: ${INSTALL}`, {
    cause,
  });
  error.name = 'MissingPeer';
  return error;
};

/** Imports once; a failure is not remembered, so that a later attempt may succeed. */
export const peer = <Package>(load: () => Promise<Package>): (() => Promise<Package>) => {
  let loaded: Package | undefined;
  return async () => {
    if (loaded !== undefined) return loaded;
    try {
      loaded = await load();
    } catch (cause) {
      throw missing(cause);
    }
    return loaded;
  };
};

export const loadRuntime = peer(() => import('onnxruntime-node'));
export const loadProtobuf = peer(() => import('protobufjs'));
