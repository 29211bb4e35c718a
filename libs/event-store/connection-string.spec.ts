import { credentialsForOwnCall, withoutPassword } from './connection-string.js';

describe('a connection string', () => {
  it.each([
    ['esdb://ayse:p%40ss@host:2113', { username: 'ayse', password: 'p@ss' }],
    ['esdb+discover://ayse:secret@a:2113,b:2113?tls=true', { username: 'ayse', password: 'secret' }],
    ['esdb://127.0.0.1:2113?tls=false', { username: 'none', password: 'none' }],
    ['esdb://127.0.0.1:2113?keepAliveInterval=10000&tls=false', { username: 'none', password: 'none' }],
    ['esdb://host:2113', undefined],
  ])('%s appends with the credentials %j', (url, credentials) => {
    expect(credentialsForOwnCall(url)).toEqual(credentials);
  });

  it('is shown without its user and password', () => {
    expect(withoutPassword('esdb://ayse:secret@host:2113?tls=true')).toBe('esdb://***@host:2113?tls=true');
    expect(withoutPassword('esdb://host:2113')).toBe('esdb://host:2113');
  });
});
