/** A mutant is found by its first counterexample: nobody reads the smallest one. */
import fc from 'fast-check';

fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
