import request from 'supertest';
import { expectProblem, ID, SampleClient, VALID } from '../testing/sample-client.js';

const client = SampleClient.forTests();

describe('an address', () => {
  it.each(['12', 'nope', `${ID}0`, '..%2f'])('with %s for an id is refused: it is not a UUID', async (id) => {
    expectProblem(await client.post(`/things/${id}/open`, client.officer), 400, 'invalid-id');
  });

  it('with a UUID in capitals is the same id', async () => {
    expect((await client.post(`/things/${ID.toUpperCase()}/open`, client.officer)).body.id).toBe(ID);
  });

  it.each(['/api/v1/nowhere', '/nowhere', '/api', '/health'])(
    '%s that does not exist is 404',
    async (path) => {
      expectProblem(await client.get(path), 404, 'no-such-route');
    },
  );

  it.each([
    ['/api/v1/things/broken', 'PUT', 'GET, HEAD'],
    ['/api/v1/things', 'DELETE', 'GET, HEAD, POST'],
    ['/health/live', 'POST', 'GET, HEAD'],
  ])('%s does not know %s: 405 with those it knows', async (path, method, allow) => {
    const answer = await (method === 'PUT'
      ? request(client.sample.server.url).put(path)
      : method === 'DELETE'
        ? request(client.sample.server.url).delete(path)
        : request(client.sample.server.url).post(path));
    expectProblem(answer, 405, 'method-not-allowed');
    expect(answer.headers['allow']).toBe(allow);
  });

  it('with a broken escape is a malformed request', async () => {
    expectProblem(await client.post('/things/%E0%A4%A/open', client.officer), 400, 'malformed-request');
  });
});

describe('a query', () => {
  it('is read as what it means, with defaults', async () => {
    expect((await client.get('/api/v1/things')).body.query).toEqual({ limit: 50 });
    const answer = await client.get('/api/v1/things?limit=200&escalated=true&from=2026-01-01T00:00:00+03:00');
    expect(answer.body.query).toEqual({ limit: 200, escalated: true, from: '2026-01-01T00:00:00+03:00' });
  });

  it.each([
    'limit=201',
    'limit=0',
    'limit=ten',
    'limit=1&limit=2',
    'escalated=yes',
    'from=yesterday',
    'form=1',
    'limit[a]=1',
  ])('?%s is refused', async (query) => {
    expectProblem(await client.get(`/api/v1/things?${query}`), 400, 'invalid-input');
  });
});

describe('a header', () => {
  it.each([
    ['If-Match', '"3"', 201],
    ['If-Match', '"0"', 201],
    ['If-Match', '3', 400],
    ['If-Match', 'W/"3"', 400],
    ['If-Match', '*', 400],
    ['If-Match', '"3", "4"', 400],
    ['If-Match', '"-1"', 400],
  ])('%s: %s is answered with %i', async (header, value, status) => {
    const answer = await client.post(`/things/${ID}/open`, client.officer).set(header, value);
    expect(answer.status).toBe(status);
    if (status === 400) {
      expectProblem(answer, 400, 'invalid-header');
      expect(answer.body.header).toBe('If-Match');
    }
  });

  it('Idempotency-Key has at most 200 characters and is not empty', async () => {
    expect((await client.post('/things').set('Idempotency-Key', 'k'.repeat(200)).send(VALID)).status).toBe(
      201,
    );
    expectProblem(
      await client.post('/things').set('Idempotency-Key', 'k'.repeat(201)).send(VALID),
      400,
      'invalid-header',
    );
    expectProblem(await client.post('/things').set('Idempotency-Key', '').send(VALID), 400, 'invalid-header');
  });

  it('Idempotency-Key is read as UTF-8', async () => {
    const answer = await fetch(`${client.sample.server.url}/api/v1/things`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${client.agent}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': Buffer.from('şikâyet-1', 'utf8').toString('latin1'),
      },
      body: JSON.stringify(VALID),
    });
    expect(await answer.json()).toMatchObject({ key: 'şikâyet-1' });
  });

  it('Consistency-Token is a position', async () => {
    const position = `${'0'.repeat(19)}7-${'0'.repeat(19)}7`;
    expect((await client.get('/api/v1/things').set('Consistency-Token', position)).body.token).toBe(position);
    expectProblem(await client.get('/api/v1/things').set('Consistency-Token', '7'), 400, 'invalid-header');
  });
});

describe('an answer', () => {
  it('is kept by no cache and shown in no frame', async () => {
    const answer = await client.get('/api/v1/things');
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-frame-options': 'DENY' });
  });
});

describe('a refusal by the rules', () => {
  it('carries the complaint’s status beside the HTTP status', async () => {
    const answer = await client.post(`/things/${ID}/close`);
    expectProblem(answer, 409, 'illegal-transition');
    expect(answer.body.currentStatus).toBe('open');
  });
});

describe('a fault of ours', () => {
  it('is a 500 without its insides', async () => {
    const answer = await client.get('/api/v1/things/broken?q=Gizli');
    expectProblem(answer, 500, 'internal-error');
    expect(answer.text).not.toMatch(/Gizli|duplicate|at .*:\d+/);
  });

  it('after half an answer cuts the connection', async () => {
    await expect(client.get('/api/v1/things/cut')).rejects.toThrow(/aborted|hang up|terminated/);
  });
});

describe('too many requests', () => {
  it('from one address are answered 429 until the window ends', async () => {
    const track = () => request(client.sample.server.url).get('/api/v1/track/R-1');
    for (let i = 0; i < 3; i += 1) expect((await track()).status).toBe(200);
    const refused = await track();
    expectProblem(refused, 429, 'too-many-requests');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await client.get('/api/v1/things')).status).toBe(200);
  });
});
