import request from 'supertest';
import { expectProblem, SampleClient, VALID } from '../testing/sample-client.js';

const client = SampleClient.forTests();

describe('a token', () => {
  it('is needed', async () => {
    const answer = await request(client.sample.server.url).post('/api/v1/things').send(VALID);
    expectProblem(answer, 401, 'unauthenticated');
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('that is no token is refused and not repeated', async () => {
    const answer = await client.post('/things', 'not.a.token').send(VALID);
    expectProblem(answer, 401, 'unauthenticated');
    expect(answer.text).not.toContain('not.a.token');
  });

  it('of a role that may not do this is refused with those that may', async () => {
    const answer = await client.post('/things', client.officer).send(VALID);
    expectProblem(answer, 403, 'forbidden');
    expect(answer.body.allowedRoles).toEqual(['agent']);
  });

  it('of a supervisor does where an agent’s does', async () => {
    expect((await client.post('/things', await client.sample.token('supervisor')).send(VALID)).status).toBe(
      201,
    );
  });
});

describe('who may not call', () => {
  const MIB = 1024 * 1024;
  const badBodies: [string, string, string | Buffer][] = [
    ['of a kind that is not read', 'text/plain', 'a=1'],
    ['that is malformed', 'application/json', '{"customer":'],
    ['that is no UTF-8', 'application/json', Buffer.from('{"a":"\xfe"}', 'latin1')],
    ['of another character set', 'application/json; charset=utf-16', '{}'],
    ['with wrong fields', 'application/json', '{"colour":"red"}'],
    ['that is too large', 'application/json', `"${'x'.repeat(2 * MIB)}"`],
    ['that is far too large', 'application/json', `"${'x'.repeat(17 * MIB)}"`],
  ];

  async function sent(type: string, body: string | Buffer, token?: string) {
    const answer = await fetch(`${client.sample.server.url}/api/v1/things`, {
      method: 'POST',
      headers: { 'Content-Type': type, ...(token !== undefined && { Authorization: `Bearer ${token}` }) },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    return { status: answer.status, connection: answer.headers.get('connection'), text: await answer.text() };
  }

  it.each(badBodies.slice(0, -1))('is told so, whatever the body: one %s', async (_what, type, body) => {
    const [nobody, stranger, wrongRole, allowed] = await Promise.all(
      [undefined, 'not.a.token', client.officer, client.agent].map((token) => sent(type, body, token)),
    );
    expect([nobody, stranger, wrongRole].map((answer) => answer?.status)).toEqual([401, 401, 403]);
    expect(nobody?.text).toContain('/problems/unauthenticated');
    expect([400, 413, 415]).toContain(allowed?.status);
  });

  it('is told so at the address of the import, too', async () => {
    const { status } = await request(client.sample.server.url)
      .post('/api/v1/import')
      .type('text')
      .send('a=1');
    expect(status).toBe(401);
  });

  it('gets the answer over a connection that goes on, unless the body is endless', async () => {
    const [, type, body] = badBodies[5]!;
    expect((await sent(type, body)).connection).toBe('keep-alive');
    const before = client.sample.logged().length;
    const [, , huge] = badBodies[6]!;
    // The connection ends with the answer; whether a sender in full flow still reads it is up to the sender.
    const answer = await sent(type, huge).catch(() => undefined);
    expect([undefined, 401]).toContain(answer?.status);
    expect(client.sample.logged().slice(before)).toContain('"status":401');
  });
});
