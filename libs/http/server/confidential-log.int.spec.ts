import request from 'supertest';
import { startSampleApp, type SampleApp } from '../testing/sample-app.js';

const NAME = 'Gülizar Özçelik';
const PHONE = '+90 555 123 45 67';

let sample: SampleApp;
let token: string;

beforeAll(async () => {
  sample = await startSampleApp();
  token = await sample.token('agent');
});
afterAll(async () => {
  await sample.close();
});

function post(path: string): request.Test {
  return request(sample.server.url).post(path).set('Authorization', `Bearer ${token}`);
}

function get(path: string): request.Test {
  return request(sample.server.url).get(path).set('Authorization', `Bearer ${token}`);
}

/** Everything a request can carry a name in, answered well or badly; all of it is logged at the most talkative level. */
async function carryNamesEverywhere(): Promise<void> {
  const name = encodeURIComponent(NAME);
  await post('/api/v1/things').send({ customer: { name: NAME, phone: PHONE }, channel: 'phone' });
  await post('/api/v1/things').send({ customer: { name: NAME, phone: NAME }, channel: NAME });
  await post('/api/v1/things').send({ [NAME]: NAME });
  await post('/api/v1/things').type('json').send(`{"customer":{"name":"${NAME}`);
  await post('/api/v1/things').type('text/plain').send(NAME);
  await get(`/api/v1/things?q=${name}`);
  await get(`/api/v1/things/broken?q=${name}`);
  await get(`/api/v1/${name}`);
  await get(`/${name}`);
  await get(`/api/v1/track/${name}`);
  await post(`/api/v1/things/${name}/open`);
  await get('/api/v1/things')
    .set('X-Customer', encodeURIComponent(NAME))
    .set('Authorization', `Bearer ${name}`);
}

describe('the log', () => {
  it('never holds a name, a number or a token that a request carried', async () => {
    await carryNamesEverywhere();
    const logged = sample.logged();
    for (const secret of [NAME, 'Gülizar', 'Özçelik', encodeURIComponent(NAME), PHONE, '123 45 67', token]) {
      expect(logged).not.toContain(secret);
    }
    expect(logged).not.toContain('duplicate key');
  });

  it('tells of each request its route, status, duration, caller and correlation id', async () => {
    await get('/api/v1/things').set('X-Correlation-Id', 'call-42');
    const line = sample
      .logged()
      .split('\n')
      .filter((text) => text.includes('"call-42"'))
      .map((text) => JSON.parse(text) as Record<string, unknown>)
      .find((entry) => entry['msg'] === 'request');
    expect(line).toMatchObject({
      level: 'info',
      service: 'sample',
      method: 'GET',
      route: '/api/v1/things',
      status: 200,
      durationMs: expect.any(Number),
      sub: 'agent-1',
      correlationId: 'call-42',
    });
  });

  it('tells of a fault of ours where it happened, under the correlation id that the caller was given', async () => {
    const answer = await get('/api/v1/things/broken');
    const line = sample
      .logged()
      .split('\n')
      .find((text) => text.includes(answer.body.correlationId) && text.includes('unexpected error'));
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      level: 'error',
      err: { name: 'Error', frames: expect.arrayContaining([expect.stringContaining('sample-app')]) },
    });
  });
});
