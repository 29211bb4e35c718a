import { readSettings } from '#libs/settings/index.js';
import { entry } from '../testing/entries.fixtures.js';
import { startMailServer, type MailServer } from '../testing/listening.js';
import { DeliveryError, type NotificationChannel } from './channel.port.js';
import { smtpChannel } from './smtp.channel.js';

describe('A mail', () => {
  let server: MailServer;
  let channel: NotificationChannel;
  beforeEach(async () => {
    server = await startMailServer();
    const env = {
      NOTIFY_SMTP_URL: server.url,
      NOTIFY_FROM: 'Şikâyet Defteri <no-reply@firm.example>',
      NOTIFY_TO: 'team={team}@firm.example, second@firm.example',
    };
    channel = smtpChannel(readSettings(env).notify!.smtp!);
  });
  afterEach(async () => {
    await channel.close();
    await server.stop();
  });
  const failure = async (about: Parameters<typeof entry>[0] = {}): Promise<unknown> =>
    channel.send(entry(about)).then(
      () => 'none',
      (error: unknown) => [(error as DeliveryError).failure, (error as DeliveryError).hopeless],
    );

  it('goes to all addresses of whom the policy names, in both languages, with an id of its own', async () => {
    await channel.send(entry());
    expect(server.mails).toHaveLength(1);
    const { from, to, text } = server.mails[0]!;
    expect([from, to]).toEqual(['no-reply@firm.example', ['plumbing@firm.example', 'second@firm.example']]);
    expect(text).toContain(`Message-ID: <${entry()._id}@firm.example>`);
    const [, body = ''] = text.split('\n\n');
    const decoded = /base64/.test(text) ? Buffer.from(body, 'base64').toString() : fromQuotedPrintable(text);
    expect(decoded).toContain('SK-2026-000001 numaralı şikâyet 2. seviyede eskale oldu.');
    expect(decoded).toContain('Complaint SK-2026-000001 has escalated to level 2.');
    expect(decoded).toContain('2026-03-02 17:00 Europe/Istanbul');
    expect(decoded).toContain('https://c.example/complaints/SK-2026-000001');
  });

  it('is given up at once where nobody has an address or the server refuses it for good', async () => {
    expect(await failure({ whom: 'management' })).toEqual(['no-address', true]);
    server.refuse = { recipient: '550 no such mailbox' };
    expect(await failure()).toEqual(['smtp-550', true]);
  });

  it('is tried again where the server says later, or refuses the content or is away', async () => {
    server.refuse = { recipient: '450 busy' };
    expect(await failure()).toEqual(['smtp-450', false]);
    server.refuse = { content: '554 looks like spam today' };
    expect(await failure()).toEqual(['smtp-554', false]);
    await server.stop();
    expect(await failure()).toEqual([expect.stringMatching(/^E[A-Z]+$/), false]);
  });
});

function fromQuotedPrintable(text: string): string {
  const bytes = text
    .replaceAll('=\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
