import { type ApiClient, apiClient } from '#libs/testing/api-client.js';
import { type ProductProcess, removeDataDir, startProductProcess } from '#libs/testing/running-product.js';
import { complaintBody } from './complaint-body.js';

let product: ProductProcess;
let agent: ApiClient;
let secondAgent: ApiClient;
let officer: ApiClient;
let analyst: ApiClient;

beforeAll(async () => {
  product = await startProductProcess();
  const as = async (role: string, sub?: string, team?: string) =>
    apiClient(product.url, await product.token(role, sub, team));
  agent = await as('agent', 'agent-1');
  secondAgent = await as('agent', 'agent-2');
  officer = await as('officer', 'officer-1', 'plumbing');
  analyst = await as('analyst');
});

afterAll(async () => {
  await product.stop();
  await removeDataDir(product.dataDir);
});

async function seenBy(client: ApiClient, path: string, position: string) {
  const answer = await client.get(path, { 'Consistency-Token': position });
  expect(answer.status).toBe(200);
  return answer.body;
}

describe('a complaint goes its whole way', () => {
  it('is received, routed, opened, resolved, confirmed, closed and surveyed, and stands in the reports', async () => {
    const received = await agent.post('/complaints', complaintBody());
    expect(received.status).toBe(201);
    const { id, reference } = received.body;
    expect(received.headers.get('location')).toBe(`/api/v1/complaints/${id}`);
    expect(received.headers.get('etag')).toBe('"0"');
    expect(received.body).toMatchObject({ revision: 0, events: ['ComplaintReceived'] });

    const steps: [ApiClient, string, unknown, string[]][] = [
      [agent, 'route', { team: 'plumbing' }, ['ComplaintRouted']],
      [officer, 'open', undefined, ['ActivityOpened']],
      [officer, 'actions', { kind: 'visit', description: 'Boru açıldı' }, ['ActionRecorded']],
      [officer, 'pause', { reason: 'Müşteri şehir dışında' }, ['ClockPaused']],
      [officer, 'resume', undefined, ['ClockResumed']],
      [agent, 'follow-ups', { note: 'Müşteri arandı', with: 'customer' }, ['FollowUpRecorded']],
      [agent, 'categorise', { category: 'workmanship' }, ['ComplaintCategorised']],
      [agent, 'prioritise', { priority: 'urgent', reason: 'Tavan ıslandı' }, ['PriorityChanged']],
      [officer, 'resolve', { outcome: 'fixed', explanation: 'Conta değişti' }, ['ComplaintResolved']],
      [agent, 'reject', { reason: 'Hâlâ damlıyor' }, ['ResolutionRejected']],
      [officer, 'resolve', { outcome: 'fixed', explanation: 'Boru değişti' }, ['ComplaintResolved']],
      [agent, 'confirm', {}, ['ResolutionConfirmed']],
      [agent, 'close', {}, ['ComplaintClosed']],
      [agent, 'survey-attempts', { outcome: 'no-answer' }, ['SurveyAttempted']],
      [
        secondAgent,
        'survey',
        { scores: { solution: 5, technique: 4, attention: 5, quality: 4, duration: null }, overall: 5 },
        ['SatisfactionSurveyed'],
      ],
    ];
    let position = '';
    for (const [client, path, body, events] of steps) {
      const answer = await client.post(`/complaints/${id}/${path}`, body);
      expect([path, answer.status, answer.body.events]).toEqual([path, 200, events]);
      expect(answer.headers.get('consistency-token')).toBe(answer.body.position);
      position = answer.body.position;
    }

    expect(await seenBy(agent, `/complaints/${id}`, position)).toMatchObject({
      id,
      reference,
      status: 'surveyed',
      priority: 'urgent',
      cycle: 1,
    });
    const history = await seenBy(agent, `/complaints/${id}/history`, position);
    expect(history.items).toHaveLength(steps.length + 1);
    expect(history.items[0]).toMatchObject({
      type: 'ComplaintReceived',
      revision: 0,
      actor: { sub: 'agent-1', role: 'agent' },
    });
    expect((await agent.get(`/complaints/${id}?revision=1`)).body).toMatchObject({
      status: 'routed',
      team: 'plumbing',
    });

    const tracked = await apiClient(product.url).get(`/track/${reference}`);
    expect(tracked.status).toBe(200);
    expect(JSON.stringify(tracked.body)).not.toMatch(/Ayşe|kaçağı|crm-1/);

    const registration = await seenBy(analyst, '/reports/registration-compliance', position);
    expect(registration.total).toMatchObject({ n: 1, within: 1, late: 0 });
    expect(registration.groups[0]).toMatchObject({ key: 'phone' });
    const resolution = await seenBy(analyst, '/reports/resolution-compliance', position);
    expect(resolution.total).toMatchObject({ n: 1, within: 1, late: 0 });
    const satisfaction = await seenBy(analyst, '/reports/satisfaction', position);
    expect(satisfaction.total).toMatchObject({ n: 1 });
  });

  it('is solved on the spot by the agent who took the call, who may confirm it but not survey it', async () => {
    const { id } = (await agent.post('/complaints', complaintBody())).body;
    const steps: [ApiClient, string, unknown, number][] = [
      [agent, 'resolve', { outcome: 'explained', explanation: 'Vana kapalıymış' }, 200],
      [agent, 'confirm', {}, 200],
      [agent, 'close', {}, 200],
      [
        agent,
        'survey',
        { scores: { solution: 5, technique: 5, attention: 5, quality: 5, duration: 5 }, overall: 5 },
        403,
      ],
    ];
    for (const [client, path, body, status] of steps) {
      expect((await client.post(`/complaints/${id}/${path}`, body)).status).toBe(status);
    }
  });

  it('is refused where the state forbids it, with the status as it stands', async () => {
    const { id } = (await agent.post('/complaints', complaintBody())).body;
    const refused = await agent.post(`/complaints/${id}/close`, {});
    expect(refused.status).toBe(409);
    expect(refused.headers.get('content-type')).toMatch(/application\/problem\+json/);
    expect(refused.body.type).toMatch(/\/illegal-transition$/);
    expect(refused.body.currentStatus).toBe('received');
    expect(refused.body.possible).toEqual(expect.arrayContaining(['route', 'follow-ups', 'resolve']));
    expect(refused.body.detail).toMatch(/Possible now: .*follow-ups/);
  });

  it('is shown to analysts without anything personal', async () => {
    const { id, position } = (await agent.post('/complaints', complaintBody())).body;
    const seen = await seenBy(analyst, `/complaints/${id}`, position);
    expect(JSON.stringify(seen)).not.toMatch(/Ayşe|\+90|kaçağı|sızıyor|sealed/);
    const list = await seenBy(analyst, '/complaints?limit=5', position);
    expect(JSON.stringify(list)).not.toMatch(/Ayşe|\+90|kaçağı|sızıyor|sealed/);
    expect(JSON.stringify(await seenBy(agent, `/complaints/${id}`, position))).toMatch(/Ayşe Örnek/);
  });

  it('waits in the worklist of whoever acts next', async () => {
    const { id } = (await agent.post('/complaints', complaintBody())).body;
    const { position } = (await agent.post(`/complaints/${id}/route`, { team: 'plumbing' })).body;
    const mine = await seenBy(officer, '/worklists/team?team=plumbing', position);
    expect(mine.items.map((item: { id: string }) => item.id)).toContain(id);
    const triage = await seenBy(agent, '/worklists/triage', position);
    expect(triage.items.map((item: { id: string }) => item.id)).not.toContain(id);
  });
});
