/**
 * # Mutants that survive, and why
 *
 * Keyed by how a report names them: file, what was there, what took its place. One that is killed, or
 * that is not met, is a stale line and an error.
 */
export const explained: { readonly [mutant: string]: string } = {};
