const LOOPBACK_NAMES = new Set(['localhost', '::1', '[::1]']);

export function isLoopback(host: string): boolean {
  return LOOPBACK_NAMES.has(host.toLowerCase()) || /^127(\.\d{1,3}){3}$/.test(host);
}

export function wholeNumber(min: number, max: number): (text: string) => number | undefined {
  return (text) => {
    if (!/^\d{1,15}$/.test(text)) return undefined;
    const value = Number(text);
    return value >= min && value <= max ? value : undefined;
  };
}

export function oneOf<T extends string>(values: readonly T[]): (text: string) => T | undefined {
  return (text) => values.find((value) => value === text.toLowerCase());
}

/** A host name or address without port, path or scheme. */
export function hostName(text: string): string | undefined {
  return /^[A-Za-z0-9.:_-]{1,255}$/.test(text) && !/^[^:]*:\d*$/.test(text) ? text : undefined;
}

/** Connection strings: the scheme is checked here, the rest by the driver that understands it. */
export function connectionString(schemes: readonly string[]): (text: string) => string | undefined {
  return (text) => {
    const match = /^([a-z+]+):\/\/[^\s/]/.exec(text);
    return match && schemes.includes(match[1] ?? '') ? text : undefined;
  };
}

/** https, or http to this machine itself: a token's issuer must not be impersonated on the way. */
export function secureUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return undefined;
  if (url.protocol === 'https:') return text;
  return url.protocol === 'http:' && isLoopback(url.hostname) ? text : undefined;
}

export function anyText(maxLength: number): (text: string) => string | undefined {
  return (text) => (text.length <= maxLength && !/\p{Cc}/u.test(text) ? text : undefined);
}

/** 32 bytes, as 64 hexadecimal digits or as base64. */
export function key256(text: string): string | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return text;
  if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) return undefined;
  return Buffer.from(text, 'base64').length === 32 ? text : undefined;
}
