import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { INSTALL, PEERS, peer } from '../../conformance/onnx/peers.ts';

test('a package that is missing is an error with the line that installs it', async () => {
  const load = peer(() => Promise.reject(new Error("Cannot find package 'onnxruntime-node'")));
  await expect(load()).rejects.toThrow(INSTALL);
  await expect(load()).rejects.toMatchObject({ name: 'MissingPeer' });
});

test('a package is imported once, and a failure is not remembered', async () => {
  let calls = 0;
  const load = peer(() =>
    ++calls === 1 ? Promise.reject(new Error('no')) : Promise.resolve(calls),
  );
  await expect(load()).rejects.toThrow('no');
  expect(await load()).toBe(2);
  expect(await load()).toBe(2);
});

test('the versions are those of package.json', () => {
  const { peerDependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(peerDependencies).toMatchObject(PEERS);
  expect(devDependencies).toMatchObject(PEERS);
});
