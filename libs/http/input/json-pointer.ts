const LONGEST_KEY = 64;

/** A JSON pointer (RFC 6901). A key of somebody's own making is cut short, so that an answer stays an answer. */
export function pointerTo(path: readonly (string | number)[]): string {
  return path.map((part) => `/${escaped(String(part))}`).join('');
}

function escaped(key: string): string {
  const short = key.length > LONGEST_KEY ? `${key.slice(0, LONGEST_KEY)}…` : key;
  return short
    .replaceAll(/\p{Surrogate}/gu, '\ufffd')
    .replaceAll('~', '~0')
    .replaceAll('/', '~1');
}
