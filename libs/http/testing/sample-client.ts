import request from 'supertest';
import { startSampleApp, type SampleApp } from './sample-app.js';

export const ID = '0190a4c2-6d7e-7c3b-9f10-0a1b2c3d4e5f';
export const VALID = { customer: { name: 'Ayşe Yılmaz' }, channel: 'phone' };

/** The sample application as its callers see it, an agent by default; it runs for the tests of a file. */
export class SampleClient {
  sample!: SampleApp;
  agent = '';
  officer = '';

  /** To be called where tests are told. */
  static forTests(): SampleClient {
    const client = new SampleClient();
    beforeAll(async () => {
      client.sample = await startSampleApp();
      client.agent = await client.sample.token('agent');
      client.officer = await client.sample.token('officer');
    });
    afterAll(() => client.sample.close());
    return client;
  }

  post(path: string, token = this.agent): request.Test {
    return request(this.sample.server.url).post(`/api/v1${path}`).set('Authorization', `Bearer ${token}`);
  }

  get(path: string, token = this.agent): request.Test {
    return request(this.sample.server.url).get(path).set('Authorization', `Bearer ${token}`);
  }
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
