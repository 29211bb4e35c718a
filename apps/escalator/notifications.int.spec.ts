import { handleComplaintCommand } from '#libs/command-handling/index.js';
import { escalationCommandId } from '#libs/escalation/index.js';
import { startReceiver, type Receiver } from '#libs/notifications/testing/listening.js';
import { startClockwork, type Clockwork } from '#test/escalation/clockwork.js';

const MINUTE = 60_000;
const minutesAgo = (minutes: number): number => Date.now() - minutes * MINUTE;

describe('Telling of escalations', () => {
  let clockwork: Clockwork;
  let receiver: Receiver;

  beforeAll(async () => {
    clockwork = await startClockwork();
  });
  afterAll(async () => {
    await clockwork.stop();
  });
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(async () => {
    await clockwork.restUntilNext();
    await receiver.stop();
  });

  const run = () =>
    clockwork.escalate({
      webhook: { url: receiver.url, secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}` },
      link: 'https://c.example/complaints/{id}',
    });
  const told = (id: string): readonly Record<string, unknown>[] =>
    receiver.received
      .map(({ body }) => (JSON.parse(body) as { data: Record<string, unknown> }).data)
      .filter(({ complaintId }) => complaintId === id);
  const webhookIds = (): string[] => receiver.received.map(({ headers }) => String(headers['webhook-id']));

  it('reaches everybody whom the level names, with team and link and nothing personal', async () => {
    const id = await clockwork.receive(minutesAgo(31));
    await clockwork.give(id, 'route', { team: 'plumbing' });
    await run();
    await clockwork.until(() => Promise.resolve(told(id).length >= 2));
    expect(
      told(id)
        .map(({ whom }) => whom)
        .sort(),
    ).toEqual(['supervisor', 'team']);
    expect(told(id)[0]).toMatchObject({
      level: 1,
      team: 'plumbing',
      timeZone: 'Europe/Istanbul',
      link: `https://c.example/complaints/${id}`,
      reference: expect.stringMatching(/^C-/),
    });
    const everything = receiver.received.map(({ body }) => body).join('\n');
    expect(everything).not.toMatch(/Can Öz|Su kaçağı|damlıyor/);
  });

  it('goes on until it is delivered, and then is not repeated', async () => {
    receiver.answer = 503;
    const running = await run();
    const id = await clockwork.receive(minutesAgo(31));
    await clockwork.until(() => Promise.resolve(told(id).length >= 2));
    expect(await running.outbox.counts()).toMatchObject({ waiting: 2, parked: 0 });
    receiver.answer = 204;
    await clockwork.until(async () => (await running.outbox.counts()).waiting === 0);
    const seen = webhookIds().length;
    expect(new Set(webhookIds()).size).toBe(2);
    await clockwork.aWhile();
    expect(webhookIds()).toHaveLength(seen);
  });

  it('is not lost when everything dies between the append and the outbox', async () => {
    const id = await clockwork.receive(minutesAgo(31));
    // What an instance appended that died in this very moment.
    const commandId = escalationCommandId(id, 1, 1);
    const at = (minutes: number): string => new Date(minutesAgo(minutes)).toISOString();
    await handleComplaintCommand(clockwork.handling, {
      type: 'escalate',
      complaintId: id,
      data: {
        cycle: 1,
        level: 1,
        at: '50%',
        reachedAt: at(1),
        dueAt: at(-29),
        notify: ['supervisor'],
        policyVersion: 1,
      },
      origin: {
        actors: [{ sub: 'system', name: 'System', role: 'system' }],
        commandId,
        correlationId: commandId,
      },
    });
    await run();
    await clockwork.until(() => Promise.resolve(told(id).length >= 1));
    await clockwork.aWhile();
    expect(told(id)).toHaveLength(1);
    expect(await clockwork.escalationsOf(id)).toHaveLength(1);
  });

  it('is done once by two instances', async () => {
    await Promise.all([run(), run()]);
    const ids = await Promise.all(Array.from({ length: 6 }, () => clockwork.receive(minutesAgo(31))));
    await clockwork.until(() => Promise.resolve(ids.every((id) => told(id).length >= 2)));
    await clockwork.aWhile();
    for (const id of ids) expect(told(id)).toHaveLength(2);
  });
});
