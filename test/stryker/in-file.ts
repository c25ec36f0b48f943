/** Reasons for mutants of one file, keyed without its name. */
export const inFile = (
  file: string,
  reasons: { readonly [mutant: string]: string },
): { readonly [mutant: string]: string } =>
  Object.fromEntries(Object.entries(reasons).map(([mutant, why]) => [`${file}: ${mutant}`, why]));
