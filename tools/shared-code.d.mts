/** Per declaration a short hash of what it reaches in each file; see `shared-code.mjs`. */
export function sharedCode(
  root: string,
  declarations: readonly string[],
  readFile?: (path: string) => string,
): Map<string, Record<string, string>>;
