import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { startSampleApp } from '../testing/sample-app.js';
import { listen, ListenError } from './listen.js';

describe('listening', () => {
  it('on a port that is taken says which, and what to set', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const sample = await startSampleApp();
    await sample.server.close();
    const refused = listen(sample.app, '127.0.0.1', port);
    await expect(refused).rejects.toThrow(ListenError);
    await expect(refused).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken by another program. Stop that one, or set PORT`,
    );
    other.close();
    await sample.close();
  });

  it('on a host that is not this machine says so', async () => {
    const sample = await startSampleApp();
    await sample.server.close();
    await expect(listen(sample.app, '192.0.2.1', 0)).rejects.toThrow(
      '192.0.2.1 is not an address of this machine. Set HOST',
    );
    await sample.close();
  });

  it('ends with idle connections, and cuts those that do not end', async () => {
    const sample = await startSampleApp();
    const answer = await request(sample.server.url).get('/health/live').set('Connection', 'keep-alive');
    expect(answer.status).toBe(200);
    await sample.close();
    await expect(request(sample.server.url).get('/health/live')).rejects.toThrow(/ECONNREFUSED/);
  });
});

/** What comes back for these very bytes, until the other side closes. */
function answerTo(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(answer);
    });
  });
}

const huge = (bearer: string): string =>
  [
    'POST /api/v1/things HTTP/1.1',
    'Host: a',
    `Authorization: Bearer ${bearer}`,
    'Content-Type: application/json',
    'Content-Length: 99999999',
    '',
    '{',
  ].join('\r\n');

describe('a connection', () => {
  it.each([
    ['no HTTP', 'hello?\r\n\r\n', 400, 'malformed-request'],
    [
      'endless headers',
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    ['the promise of a huge body from a stranger', huge('nobody'), 401, 'unauthenticated'],
    ['the promise of a huge body', huge('agent'), 413, 'payload-too-large'],
  ])('with %s is answered as a problem and closed', async (_what, bytes, status, code) => {
    const sample = await startSampleApp();
    const token = await sample.token('agent');
    const answer = await answerTo(sample.server.port, bytes.replace('Bearer agent', `Bearer ${token}`));
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain(`"type":"/problems/${code}"`);
    await sample.close();
  });
});
