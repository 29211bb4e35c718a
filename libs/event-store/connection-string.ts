import type { Credentials } from '@eventstore/db-client';

/** For messages and logs. */
export function withoutPassword(url: string): string {
  return url.replace(/^([^:]+:\/\/)[^@/]*@/, '$1***@');
}

/**
 * Credentials given with a call make the client append by a call of its own, instead of by one stream that all
 * appends of the process share. On the shared stream one failure rejects every pending append, and an answer that
 * arrives afterwards ends the process (P-20); nor has it a deadline (P-21). Without TLS the client sends no
 * credentials, so any will do. Undefined over TLS without credentials, where only the shared stream is left.
 */
export function credentialsForOwnCall(url: string): Credentials | undefined {
  const given = /^[^:]+:\/\/([^:@/]+):([^@]+)@/.exec(url);
  if (given) {
    const [, username = '', password = ''] = given;
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  }
  return /[?&]tls=false\b/i.test(url) ? { username: 'none', password: 'none' } : undefined;
}
