import { expectReferencePage } from '#libs/testing/reference-page.js';
import { type ProductProcess, removeDataDir, startProductProcess } from '#libs/testing/running-product.js';

let product: ProductProcess;

beforeAll(async () => {
  product = await startProductProcess();
});

afterAll(async () => {
  await product.stop();
  await removeDataDir(product.dataDir);
});

interface Operation {
  readonly parameters?: readonly { readonly name: string }[];
  readonly requestBody?: object;
  readonly responses: Record<string, { readonly headers?: object }>;
}

interface OpenApi {
  readonly paths: Record<string, Record<string, Operation>>;
}

const STATE_COMMANDS = [
  'categorise prioritise route open actions follow-ups pause resume resolve confirm reject close withdraw reopen',
  'survey-attempts survey',
].flatMap((names) => names.split(' '));

const ROUTES: (readonly [method: string, path: string])[] = [
  ['post', '/api/v1/complaints'],
  ...STATE_COMMANDS.map((command) => ['post', `/api/v1/complaints/{id}/${command}`] as const),
  ...['call-tree', 'categories', 'teams', 'calendars'].flatMap((kind) => [
    ['put', `/api/v1/${kind}/{code}`] as const,
    ['get', `/api/v1/${kind}`] as const,
  ]),
  ['post', '/api/v1/sla-policies'],
  ['get', '/api/v1/sla-policies'],
  ['post', '/api/v1/sla-policies/preview'],
  ['post', '/api/v1/import'],
  ['get', '/api/v1/complaints'],
  ['get', '/api/v1/complaints/{id}'],
  ['get', '/api/v1/complaints/{id}/history'],
  ['get', '/api/v1/complaints/{id}/clocks'],
  ['get', '/api/v1/track/{reference}'],
  ['get', '/api/v1/worklists'],
  ['get', '/api/v1/worklists/{name}'],
  ['post', '/api/v1/reports/what-if'],
  ['get', '/api/v1/projections'],
  ['get', '/health/ready'],
  ['get', '/metrics'],
];

describe('the description of the interface', () => {
  it('is the one that is checked in (UPDATE_REFERENCE=1 renews it)', async () => {
    const document = (await (await fetch(`${product.url}/api/openapi.json`)).json()) as OpenApi;
    expectReferencePage('docs/reference/openapi.json', `${JSON.stringify(document, null, 2)}\n`);
  });

  it.each(ROUTES)('has %s %s', async (method, path) => {
    const document = (await (await fetch(`${product.url}/api/openapi.json`)).json()) as OpenApi;
    expect(Object.keys(document.paths)).toContain(path);
    expect(document.paths[path]).toHaveProperty(method);
  });

  it('tells for each route what it answers, and with which headers', async () => {
    const document = (await (await fetch(`${product.url}/api/openapi.json`)).json()) as OpenApi;
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, { parameters = [], requestBody, responses }] of Object.entries(operations)) {
        const route = `${method} ${path}`;
        const good = Object.keys(responses).filter((status) => status.startsWith('2'));
        expect([route, good]).toEqual([route, [expect.any(String)]]);
        expect([route, responses['503']?.headers]).toEqual([route, { 'Retry-After': expect.anything() }]);
        if (requestBody)
          expect([route, Object.keys(responses)]).toEqual([route, expect.arrayContaining(['413', '415'])]);
        if (!parameters.some(({ name }) => name === 'Idempotency-Key')) continue;
        const headers = Object.keys(responses[good[0]!]?.headers ?? {});
        expect([route, headers]).toEqual([route, expect.arrayContaining(['ETag', 'Consistency-Token'])]);
      }
    }
  });

  it('has a page for people', async () => {
    const page = await fetch(`${product.url}/api/docs`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringMatching(/html/)]);
  });
});
