import { expectProblem, ID, SampleClient, VALID } from '../testing/sample-client.js';

const client = SampleClient.forTests();

describe('a body', () => {
  it('that fits is taken, with its headers answered', async () => {
    const answer = await client
      .post('/things')
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
    const answer = await client.post('/things').send({
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
    const answer = await client.post('/things').send(body);
    expectProblem(answer, 400, 'invalid-input');
    expect(answer.body.errors).toContainEqual({
      pointer,
      detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
    });
  });

  it('with null where null has a meaning is taken', async () => {
    expect((await client.post('/things').send({ ...VALID, score: null })).status).toBe(201);
  });

  it.each(['مريم عبد الله', 'Jean‑Zoé O’Łukasz', '李小龍', '👩‍🔧 Usta', '\u202bשלום\u202c'])(
    'keeps the name %s',
    async (name) => {
      const answer = await client.post('/things').send({ ...VALID, customer: { name } });
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
    const answer = await client.post('/things').type('json').send(text);
    expectProblem(answer, 400, 'invalid-input');
    expect(answer.body.errors[0].pointer).toBe(pointer);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('with hundreds of faults is answered with a hundred of them', async () => {
    const faults = Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`field${i}`, i]));
    const answer = await client.post('/things').send(faults);
    expectProblem(answer, 400, 'invalid-input');
    expect(answer.body.errors).toHaveLength(100);
  });

  it.each([
    ['cut off', '{"customer":{"name":"Gizli Ki'],
    ['a bare text', '"Gizli"'],
    ['no JSON at all', 'Gizli Kişi'],
  ])('that is %s is malformed JSON, and is not repeated', async (_what, text) => {
    const answer = await client.post('/things').type('json').send(text);
    expectProblem(answer, 400, 'malformed-json');
    expect(answer.text).not.toContain('Gizli');
  });

  it('that is not UTF-8 is refused, not read as something else', async () => {
    const answer = await fetch(`${client.sample.server.url}/api/v1/things`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${client.agent}`, 'Content-Type': 'application/json' },
      body: Buffer.from('{"customer":{"name":"Ay\xfee"},"channel":"phone"}', 'latin1'),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      type: '/problems/malformed-json',
      detail: 'The body cannot be read as UTF-8.',
    });
  });

  it('that is a list is not an object', async () => {
    expectProblem(await client.post('/things').send([VALID]), 400, 'invalid-input');
  });

  it('of 1 MiB is read, and one byte more is refused with 413', async () => {
    const padded = (size: number): string => {
      const text = JSON.stringify(VALID);
      return text + ' '.repeat(size - Buffer.byteLength(text));
    };
    expect(
      (
        await client
          .post('/things')
          .type('json')
          .send(padded(1024 * 1024))
      ).status,
    ).toBe(201);
    expectProblem(
      await client
        .post('/things')
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
    expectProblem(
      await client.post('/things').set('Content-Type', type).send('a=1'),
      415,
      'unsupported-media-type',
    );
  });

  it('in an encoding or character set that is not read here is refused with 415', async () => {
    expectProblem(
      await client.post('/things').type('json').set('Content-Encoding', 'compress').send('{}'),
      415,
      'unsupported-media-type',
    );
    expectProblem(
      await client.post('/things').set('Content-Type', 'application/json; charset=latin5').send('{}'),
      415,
      'unsupported-media-type',
    );
    expectProblem(
      await client.post('/things').set('Content-Type', 'application/json; charset=utf-16').send('{}'),
      415,
      'unsupported-media-type',
    );
  });

  it('is not needed where a command has none, and must be empty there', async () => {
    expect((await client.post(`/things/${ID}/open`, client.officer)).status).toBe(201);
    expect((await client.post(`/things/${ID}/open`, client.officer).send({})).status).toBe(201);
    expectProblem(
      await client.post(`/things/${ID}/open`, client.officer).send({ force: true }),
      400,
      'invalid-input',
    );
  });

  it('of an import is streamed, however large, and only as NDJSON', async () => {
    const service = await client.sample.token('service');
    const line = `${JSON.stringify({ padding: 'x'.repeat(1000) })}\n`;
    const lines = line.repeat(1500);
    const answer = await client
      .post('/import', service)
      .set('Content-Type', 'application/x-ndjson')
      .send(lines);
    expect(answer.body).toEqual({ bytes: lines.length });
    expectProblem(await client.post('/import', service).send({}), 415, 'unsupported-media-type');
  });
});
