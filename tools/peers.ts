/**
 * # npm run peers [-- name …]
 *
 * Installs the implementations in Python that we judge, each in a virtual environment beside the
 * project. What cannot be installed is said, and the next one is tried. A second run does nothing.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import {
  installation,
  isInstalled,
  PEERS,
  type Peer,
  peersIn,
  stampFor,
  stampOf,
} from '../conformance/adapters/peers.ts';

const root = process.cwd();

/** The last line that a failed command said; undefined if all went well. */
function install(name: string, peer: Peer): string | undefined {
  for (const [program, ...args] of installation(root, name, peer)) {
    const { status, error, stderr } = spawnSync(program!, args, { encoding: 'utf8' });
    if (error) return error.message;
    if (status !== 0) return stderr.trim().split('\n').at(-1) || `${program} ended with ${status}`;
  }
  writeFileSync(stampOf(root, name), stampFor(peer));
  return undefined;
}

/** True if it is there at the end. */
function provide(name: string): boolean {
  const peer = PEERS[name];
  if (!peer) {
    console.error(`${name}: there is no such peer; there is ${Object.keys(PEERS).join(', ')}`);
    return false;
  }
  const packages = peer.packages.join(' ');
  if (isInstalled(root, name)) {
    console.log(`${name}: ${reasonOf(name) ?? `already there, ${packages}`}`);
    return true;
  }
  console.log(`${name}: installing ${packages}`);
  const problem = install(name, peer);
  if (problem !== undefined) console.error(`${name}: could not be installed: ${problem}`);
  else console.log(`${name}: ${reasonOf(name) ?? 'installed'}`);
  return problem === undefined;
}

const reasonOf = (name: string): string | undefined => {
  const found = peersIn(root).find((peer) => peer.name === name);
  return found && 'reason' in found ? found.reason : undefined;
};

const asked = process.argv.slice(2);
const provided = (asked.length > 0 ? asked : Object.keys(PEERS)).map(provide);
if (provided.includes(false)) process.exitCode = 1;
