/** Whether a file is one of a pattern that targets are written in: `*`, `[a-z]` and `{a,b}`. */
export const matches = (pattern: string, file: string): boolean =>
  new RegExp(
    `^${pattern
      .replaceAll('.', '\\.')
      .replaceAll('*', '[^/]*')
      .replaceAll(/\{([^}]*)\}/g, (_, names: string) => `(${names.replaceAll(',', '|')})`)}$`,
  ).test(file);
