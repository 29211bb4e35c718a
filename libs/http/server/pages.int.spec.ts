import request from 'supertest';
import { startSampleApp, type SampleApp } from '../testing/sample-app.js';

let sample: SampleApp;
let healthy = true;

beforeAll(async () => {
  sample = await startSampleApp([
    {
      name: 'event store',
      check: () => Promise.resolve(healthy ? { ok: true } : { ok: false, detail: 'does not answer' }),
    },
  ]);
});
afterAll(async () => {
  await sample.close();
});

const get = (path: string): request.Test => request(sample.server.url).get(path);

describe('health', () => {
  it('is told without a token', async () => {
    expect((await get('/health/live')).body).toEqual({ status: 'ok' });
    expect((await get('/health/ready')).body).toEqual({
      status: 'ok',
      checks: [{ name: 'event store', ok: true }],
    });
  });

  it('names the part that is missing, while the process itself lives', async () => {
    healthy = false;
    const ready = await get('/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.body).toMatchObject({
      type: '/problems/not-ready',
      checks: [{ name: 'event store', ok: false, detail: 'does not answer' }],
    });
    expect(ready.headers['retry-after']).toBe('2');
    expect((await get('/health/live')).status).toBe(200);
    healthy = true;
  });
});

describe('metrics', () => {
  it('need a token of those who operate or supervise', async () => {
    expect((await get('/metrics')).status).toBe(401);
    const answer = await get('/metrics').set('Authorization', `Bearer ${await sample.token('agent')}`);
    expect(answer.status).toBe(403);
  });

  it('measure requests by route pattern, never by the address asked for', async () => {
    await get('/api/v1/track/R-2026-000042');
    await get('/api/v1/R-2026-000042');
    const answer = await get('/metrics').set('Authorization', `Bearer ${await sample.token('service')}`);
    expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0.0.4/);
    expect(answer.text).toMatch(
      /http_request_duration_seconds_count\{.*route="\/api\/v1\/track\/:reference".*\} 1/,
    );
    expect(answer.text).toMatch(
      /http_request_duration_seconds_count\{.*route="unmatched",status="404".*\} 1/,
    );
    expect(answer.text).toContain('process_resident_memory_bytes');
    expect(answer.text).not.toContain('R-2026');
  });
});

describe('the description of the interface', () => {
  it('is open, and knows routes, fields, tokens and problems', async () => {
    const { body } = await get('/api/openapi.json');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/v1/things', '/api/v1/things/{id}/open', '/health/ready']),
    );
    expect(body.paths).toHaveProperty('/metrics');
    expect(body.components.securitySchemes.bearer).toMatchObject({ type: 'http', scheme: 'bearer' });
    expect(body.security).toEqual([{ bearer: [] }]);
    expect(body.components.schemas.CustomerDto).toMatchObject({
      required: ['name'],
      properties: { name: { type: 'string', maxLength: 40 }, phone: { type: 'string' } },
    });
    expect(body.components.schemas.ComplaintDto.properties.customer).toEqual({
      $ref: '#/components/schemas/CustomerDto',
    });
    expect(body.components.schemas.ProblemBody).toBeDefined();
    expect(body.paths['/api/v1/things'].post.responses['401'].content).toHaveProperty(
      'application/problem+json',
    );
    expect(body.paths['/api/v1/things'].post['x-allowed-roles']).toEqual(['agent']);
    expect(body.paths['/api/v1/things/{id}/open'].post).not.toHaveProperty('requestBody');
    for (const open of [body.paths['/api/v1/track/{reference}'].get, body.paths['/health/live'].get]) {
      expect(open.security).toEqual([]);
      expect(open.responses).not.toHaveProperty('401');
    }
  });

  it('is shown by a page whose scripts are all files, so that the content policy lets it work', async () => {
    const page = await get('/api/docs');
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    const scripts = page.text.match(/<script[^>]*>[^<]*<\/script>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(script).toMatch(/<script src="[^"]+"[^>]*>\s*<\/script>/);
    const sources = scripts.map((script) => /src="([^"]+)"/.exec(script)?.[1] ?? '');
    for (const source of sources) {
      expect((await get(new URL(source, `${sample.server.url}/api/docs`).pathname)).status).toBe(200);
    }
  });
});

describe('every answer', () => {
  it('carries the security headers and a correlation id of its own', async () => {
    const { headers } = await get('/health/live');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
    expect(headers['x-correlation-id']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/);
  });

  it('takes the trace id of W3C trace context where the caller sends no id', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const answer = await get('/health/live').set('traceparent', `00-${trace}-00f067aa0ba902b7-01`);
    expect(answer.headers['x-correlation-id']).toBe(trace);
    const zero = await get('/health/live').set('traceparent', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`);
    expect(zero.headers['x-correlation-id']).not.toMatch(/^0+$/);
  });

  it('replaces a correlation id that is too long', async () => {
    const long = 'x'.repeat(200);
    expect((await get('/health/live').set('X-Correlation-Id', long)).headers['x-correlation-id']).toBe(long);
    expect(
      (await get('/health/live').set('X-Correlation-Id', `${long}x`)).headers['x-correlation-id'],
    ).not.toContain('x');
  });
});
