import { createServer } from 'node:net';
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
    await sample.close().catch(() => undefined);
  });

  it('on a host that is not this machine says so', async () => {
    const sample = await startSampleApp();
    await sample.server.close();
    await expect(listen(sample.app, '192.0.2.1', 0)).rejects.toThrow(
      '192.0.2.1 is not an address of this machine. Set HOST',
    );
  });

  it('ends with idle connections, and cuts those that do not end', async () => {
    const sample = await startSampleApp();
    const answer = await request(sample.server.url).get('/health/live').set('Connection', 'keep-alive');
    expect(answer.status).toBe(200);
    await sample.close();
    await expect(request(sample.server.url).get('/health/live')).rejects.toThrow(/ECONNREFUSED/);
  });
});
