import request from 'supertest';
import { startSampleApp, type SampleApp } from '../testing/sample-app.js';

const ID = '0190a4c2-6d7e-7c3b-9f10-0a1b2c3d4e5f';
const VALID = { customer: { name: 'Ayşe Yılmaz' }, channel: 'phone' };

let sample: SampleApp;
let agent: string;
let officer: string;

beforeAll(async () => {
  sample = await startSampleApp();
  agent = await sample.token('agent');
  officer = await sample.token('officer');
});
afterAll(async () => {
  await sample.close();
});

function post(path: string, token = agent): request.Test {
  return request(sample.server.url).post(`/api/v1${path}`).set('Authorization', `Bearer ${token}`);
}

function get(path: string, token = agent): request.Test {
  return request(sample.server.url).get(path).set('Authorization', `Bearer ${token}`);
}

function expectProblem(answer: request.Response, status: number, code: string): void {
  expect({ status: answer.status, type: answer.body.type, inBody: answer.body.status }).toEqual({
    status,
    type: `/problems/${code}`,
    inBody: status,
  });
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(answer.body.title).toEqual(expect.any(String));
  expect(answer.body.detail).toEqual(expect.any(String));
  expect(answer.body.correlationId).toBe(answer.headers['x-correlation-id']);
}

describe('a body', () => {
  it('that fits is taken, with its headers answered', async () => {
    const answer = await post('/things')
      .set('Idempotency-Key', 'k 1')
      .set('X-Correlation-Id', 'call-7')
      .send(VALID);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      body: VALID,
      caller: { sub: 'agent-1', roles: ['agent'] },
      key: 'k 1',
      correlationId: 'call-7',
    });
    expect(answer.headers).toMatchObject({
      etag: '"0"',
      'consistency-token': `${'0'.repeat(20)}-${'0'.repeat(20)}`,
      location: '/api/v1/things/1',
      'x-correlation-id': 'call-7',
    });
    expect(answer.headers['x-powered-by']).toBeUndefined();
  });

  it('is told everything that is wrong at once, by pointer, without repeating a value', async () => {
    const answer = await post('/things').send({
      customer: { name: '   ', phone: 'Gizli Kişi', birthday: '1980' },
      channel: 'Gizli Kanal',
      contactedAt: '2026-02-30T10:00:00Z',
      score: 5.5,
      colour: 'Gizli Renk',
      steps: [{ code: 'ok' }, { code: 'NOT OK' }],
    });
    expectProblem(answer, 400, 'invalid-input');
    const pointers = answer.body.errors.map((error: { pointer: string }) => error.pointer);
    expect(pointers.sort()).toEqual([
      '/channel',
      '/colour',
      '/contactedAt',
      '/customer/birthday',
      '/customer/name',
      '/customer/phone',
      '/score',
      '/steps/1/code',
    ]);
    expect(answer.text).not.toContain('Gizli');
  });

  it.each([
    ['an unknown field', { ...VALID, prority: 'high' }, '/prority', 'is not a known field'],
    ['a missing object', { channel: 'phone' }, '/customer', 'is required'],
    ['a list for an object', { ...VALID, customer: [{ name: 'A' }] }, '/customer', 'must be an object'],
    [
      'an object for a text',
      { ...VALID, customer: { name: { first: 'A' } } },
      '/customer/name',
      /^must be text/,
    ],
    ['a number for a text', { ...VALID, customer: { name: 7 } }, '/customer/name', /^must be text/],
    ['null for an optional text', { ...VALID, contactedAt: null }, '/contactedAt', /^must be an ISO 8601/],
    ['a text for a number', { ...VALID, score: '5' }, '/score', /^must be a whole number/],
    ['a list in a list', { ...VALID, steps: [[{ code: 'a' }]] }, '/steps', /^must be a list/],
    ['too long a list', { ...VALID, steps: Array(4).fill({ code: 'a' }) }, '/steps', /^must be a list/],
    ['the null character', { ...VALID, customer: { name: 'A\0B' } }, '/customer/name', /null character/],
  ])('with %s is refused', async (_what, body, pointer, detail) => {
    const answer = await post('/things').send(body);
    expectProblem(answer, 400, 'invalid-input');
    expect(answer.body.errors).toContainEqual({
      pointer,
      detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
    });
  });

  it('with null where null has a meaning is taken', async () => {
    expect((await post('/things').send({ ...VALID, score: null })).status).toBe(201);
  });

  it.each(['مريم عبد الله', 'Jean‑Zoé O’Łukasz', '李小龍', '👩‍🔧 Usta', '\u202bשלום\u202c'])(
    'keeps the name %s',
    async (name) => {
      const answer = await post('/things').send({ ...VALID, customer: { name } });
      expect(answer.body.body.customer.name).toBe(name);
    },
  );

  it.each([
    [
      'prototype keys',
      '{"customer":{"name":"A","__proto__":{"admin":true}},"channel":"phone"}',
      '/customer/__proto__',
    ],
    ['a name given twice', '{"customer":{"name":"A"},"channel":"phone","channel":"fax"}', '/channel'],
    [
      'a name given twice, once escaped',
      '{"customer":{"name":"A","n\\u0061me":"B"},"channel":"phone"}',
      '/customer/name',
    ],
    ['half a surrogate pair', '{"customer":{"name":"A\\ud800"},"channel":"phone"}', '/customer/name'],
    [
      'bottomless nesting',
      `{"customer":${'['.repeat(500)}${']'.repeat(500)}}`,
      `/customer${'/0'.repeat(19)}`,
    ],
  ])('with %s is refused', async (_what, text, pointer) => {
    const answer = await post('/things').type('json').send(text);
    expectProblem(answer, 400, 'invalid-input');
    expect(answer.body.errors[0].pointer).toBe(pointer);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('with hundreds of faults is answered with a hundred of them', async () => {
    const faults = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`field${i}`, i]));
    const answer = await post('/things').send(faults);
    expectProblem(answer, 400, 'invalid-input');
    expect(answer.body.errors).toHaveLength(100);
  });

  it.each([
    ['cut off', '{"customer":{"name":"Gizli Ki'],
    ['a bare text', '"Gizli"'],
    ['no JSON at all', 'Gizli Kişi'],
  ])('that is %s is malformed JSON, and is not repeated', async (_what, text) => {
    const answer = await post('/things').type('json').send(text);
    expectProblem(answer, 400, 'malformed-json');
    expect(answer.text).not.toContain('Gizli');
  });

  it('that is not UTF-8 is refused, not read as something else', async () => {
    const answer = await fetch(`${sample.server.url}/api/v1/things`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${agent}`, 'Content-Type': 'application/json' },
      body: Buffer.from('{"customer":{"name":"Ay\xfee"},"channel":"phone"}', 'latin1'),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      type: '/problems/malformed-json',
      detail: 'The body cannot be read as UTF-8.',
    });
  });

  it('that is a list is not an object', async () => {
    expectProblem(await post('/things').send([VALID]), 400, 'invalid-input');
  });

  it('of 1 MiB is read, and one byte more is refused with 413', async () => {
    const padded = (size: number): string => {
      const text = JSON.stringify(VALID);
      return text + ' '.repeat(size - Buffer.byteLength(text));
    };
    expect(
      (
        await post('/things')
          .type('json')
          .send(padded(1024 * 1024))
      ).status,
    ).toBe(201);
    expectProblem(
      await post('/things')
        .type('json')
        .send(padded(1024 * 1024 + 1)),
      413,
      'payload-too-large',
    );
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
  ])('of type %s is refused with 415', async (type) => {
    expectProblem(await post('/things').set('Content-Type', type).send('a=1'), 415, 'unsupported-media-type');
  });

  it('in an encoding or character set that is not read here is refused with 415', async () => {
    expectProblem(
      await post('/things').type('json').set('Content-Encoding', 'zstd').send('{}'),
      415,
      'unsupported-media-type',
    );
    expectProblem(
      await post('/things').set('Content-Type', 'application/json; charset=latin5').send('{}'),
      415,
      'unsupported-media-type',
    );
    expectProblem(
      await post('/things').set('Content-Type', 'application/json; charset=utf-16').send('{}'),
      415,
      'unsupported-media-type',
    );
  });

  it('is not needed where a command has none, and must be empty there', async () => {
    expect((await post(`/things/${ID}/open`, officer)).status).toBe(201);
    expect((await post(`/things/${ID}/open`, officer).send({})).status).toBe(201);
    expectProblem(await post(`/things/${ID}/open`, officer).send({ force: true }), 400, 'invalid-input');
  });

  it('of an import is streamed, however large, and only as NDJSON', async () => {
    const service = await sample.token('service');
    const line = `${JSON.stringify({ padding: 'x'.repeat(1000) })}\n`;
    const lines = line.repeat(1500);
    const answer = await post('/import', service).set('Content-Type', 'application/x-ndjson').send(lines);
    expect(answer.body).toEqual({ bytes: lines.length });
    expectProblem(await post('/import', service).send({}), 415, 'unsupported-media-type');
  });
});

describe('a token', () => {
  it('is needed', async () => {
    const answer = await request(sample.server.url).post('/api/v1/things').send(VALID);
    expectProblem(answer, 401, 'unauthenticated');
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('that is no token is refused and not repeated', async () => {
    const answer = await post('/things', 'not.a.token').send(VALID);
    expectProblem(answer, 401, 'unauthenticated');
    expect(answer.text).not.toContain('not.a.token');
  });

  it('of a role that may not do this is refused with those that may', async () => {
    const answer = await post('/things', officer).send(VALID);
    expectProblem(answer, 403, 'forbidden');
    expect(answer.body.allowedRoles).toEqual(['agent']);
  });

  it('of a supervisor does where an agent’s does', async () => {
    expect((await post('/things', await sample.token('supervisor')).send(VALID)).status).toBe(201);
  });
});

describe('an address', () => {
  it.each(['12', 'nope', `${ID}0`, '..%2f'])('with %s for an id is refused: it is not a UUID', async (id) => {
    expectProblem(await post(`/things/${id}/open`, officer), 400, 'invalid-id');
  });

  it('with a UUID in capitals is the same id', async () => {
    expect((await post(`/things/${ID.toUpperCase()}/open`, officer)).body.id).toBe(ID);
  });

  it.each(['/api/v1/nowhere', '/nowhere', '/api', '/health'])(
    '%s that does not exist is 404',
    async (path) => {
      expectProblem(await get(path), 404, 'no-such-route');
    },
  );

  it.each([
    ['/api/v1/things/broken', 'PUT', 'GET, HEAD'],
    ['/api/v1/things', 'DELETE', 'GET, HEAD, POST'],
    ['/health/live', 'POST', 'GET, HEAD'],
  ])('%s does not know %s: 405 with those it knows', async (path, method, allow) => {
    const answer = await (method === 'PUT'
      ? request(sample.server.url).put(path)
      : method === 'DELETE'
        ? request(sample.server.url).delete(path)
        : request(sample.server.url).post(path));
    expectProblem(answer, 405, 'method-not-allowed');
    expect(answer.headers['allow']).toBe(allow);
  });

  it('with a broken escape is a malformed request', async () => {
    expectProblem(await post('/things/%E0%A4%A/open', officer), 400, 'malformed-request');
  });
});

describe('a query', () => {
  it('is read as what it means, with defaults', async () => {
    expect((await get('/api/v1/things')).body.query).toEqual({ limit: 50 });
    const answer = await get('/api/v1/things?limit=200&escalated=true&from=2026-01-01T00:00:00+03:00');
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
    expectProblem(await get(`/api/v1/things?${query}`), 400, 'invalid-input');
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
    const answer = await post(`/things/${ID}/open`, officer).set(header, value);
    expect(answer.status).toBe(status);
    if (status === 400) {
      expectProblem(answer, 400, 'invalid-header');
      expect(answer.body.header).toBe('If-Match');
    }
  });

  it('Idempotency-Key has at most 200 characters and is not empty', async () => {
    expect((await post('/things').set('Idempotency-Key', 'k'.repeat(200)).send(VALID)).status).toBe(201);
    expectProblem(
      await post('/things').set('Idempotency-Key', 'k'.repeat(201)).send(VALID),
      400,
      'invalid-header',
    );
    expectProblem(await post('/things').set('Idempotency-Key', '').send(VALID), 400, 'invalid-header');
  });

  it('Idempotency-Key is read as UTF-8', async () => {
    const answer = await fetch(`${sample.server.url}/api/v1/things`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${agent}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': Buffer.from('şikâyet-1', 'utf8').toString('latin1'),
      },
      body: JSON.stringify(VALID),
    });
    expect(await answer.json()).toMatchObject({ key: 'şikâyet-1' });
  });

  it('Consistency-Token is a position', async () => {
    const position = `${'0'.repeat(19)}7-${'0'.repeat(19)}7`;
    expect((await get('/api/v1/things').set('Consistency-Token', position)).body.token).toBe(position);
    expectProblem(await get('/api/v1/things').set('Consistency-Token', '7'), 400, 'invalid-header');
  });
});

describe('an answer', () => {
  it('is kept by no cache and shown in no frame', async () => {
    const answer = await get('/api/v1/things');
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-frame-options': 'DENY' });
  });
});

describe('a refusal by the rules', () => {
  it('carries the complaint’s status beside the HTTP status', async () => {
    const answer = await post(`/things/${ID}/close`);
    expectProblem(answer, 409, 'illegal-transition');
    expect(answer.body.currentStatus).toBe('open');
  });
});

describe('a fault of ours', () => {
  it('is a 500 without its insides', async () => {
    const answer = await get('/api/v1/things/broken?q=Gizli');
    expectProblem(answer, 500, 'internal-error');
    expect(answer.text).not.toMatch(/Gizli|duplicate|at .*:\d+/);
  });

  it('after half an answer cuts the connection', async () => {
    await expect(get('/api/v1/things/cut')).rejects.toThrow(/aborted|hang up|terminated/);
  });
});

describe('too many requests', () => {
  it('from one address are answered 429 until the window ends', async () => {
    const track = () => request(sample.server.url).get('/api/v1/track/R-1');
    for (let i = 0; i < 3; i += 1) expect((await track()).status).toBe(200);
    const refused = await track();
    expectProblem(refused, 429, 'too-many-requests');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await get('/api/v1/things')).status).toBe(200);
  });
});
