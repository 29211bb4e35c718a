import request from 'supertest';
import { startSampleApp, type SampleApp } from './sample-app.js';

export const ID = '0190a4c2-6d7e-7c3b-9f10-0a1b2c3d4e5f';
export const VALID = { customer: { name: 'Ayşe Yılmaz' }, channel: 'phone' };

/** The sample application as its callers see it: an agent by default. */
export interface SampleClient {
  readonly sample: SampleApp;
  readonly agent: string;
  readonly officer: string;
  readonly post: (path: string, token?: string) => request.Test;
  readonly get: (path: string, token?: string) => request.Test;
}

export async function startSampleClient(): Promise<SampleClient> {
  const sample = await startSampleApp();
  const agent = await sample.token('agent');
  const officer = await sample.token('officer');
  const as = (test: request.Test, token = agent) => test.set('Authorization', `Bearer ${token}`);
  return {
    sample,
    agent,
    officer,
    post: (path, token) => as(request(sample.server.url).post(`/api/v1${path}`), token),
    get: (path, token) => as(request(sample.server.url).get(path), token),
  };
}

export function expectProblem(answer: request.Response, status: number, code: string): void {
  const body = answer.body as Record<string, unknown>;
  expect({ status: answer.status, type: body['type'], inBody: body['status'] }).toEqual({
    status,
    type: `/problems/${code}`,
    inBody: status,
  });
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(body).toMatchObject({
    title: expect.any(String) as string,
    detail: expect.any(String) as string,
    correlationId: answer.headers['x-correlation-id'],
  });
}
