/** Address patterns by whom they are for. */
export type Recipients = ReadonlyMap<string, readonly string[]>;

const PATTERN = /^[^\s@,;<>"]+@[^\s@,;<>"]+$/;
const WHOM = /^[^=;,]{1,100}$/;

/** `whom=address,address; whom=address`: undefined for anything that is only almost that. */
export function recipients(text: string): Recipients | undefined {
  const entries = text.split(';').map((entry) => entry.trim());
  const found = new Map<string, readonly string[]>();
  for (const entry of entries) {
    if (entry === '') continue;
    const at = entry.indexOf('=');
    const whom = entry.slice(0, Math.max(at, 0)).trim();
    const addresses = entry
      .slice(at + 1)
      .split(',')
      .map((address) => address.trim());
    if (!WHOM.test(whom) || found.has(whom) || !addresses.every((address) => PATTERN.test(address))) {
      return undefined;
    }
    found.set(whom, addresses);
  }
  return found.size === 0 ? undefined : found;
}

export function mailbox(text: string): string | undefined {
  const address = /^[^<>\p{Cc}]*<([^<>]+)>$/u.exec(text)?.[1] ?? text;
  return text.length <= 320 && PATTERN.test(address) ? text : undefined;
}

export function webhookSecret(text: string): string | undefined {
  const key = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1];
  if (key === undefined) return undefined;
  const bytes = Buffer.from(key, 'base64').length;
  return bytes >= 24 && bytes <= 64 ? text : undefined;
}

export function notifyLink(text: string): string | undefined {
  if (!/^https?:\/\//.test(text) || !/\{(id|reference)\}/.test(text)) return undefined;
  return URL.canParse(text.replaceAll(/[{}]/g, '')) ? text : undefined;
}
