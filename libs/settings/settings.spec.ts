import { expectReferencePage } from '#libs/testing/reference-page.js';
import {
  readSettings,
  SettingsError,
  settingsReference,
  settingsWarnings,
  type Environment,
} from './index.js';

function problemsOf(env: Environment): string {
  try {
    readSettings(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return '';
}

describe('settings', () => {
  it('need nothing: an empty environment runs on loopback with both engines embedded', () => {
    expect(readSettings({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      dataDir: `${process.cwd()}/data`,
      embeddedEventStorePort: 2113,
      embeddedMongoPort: 27017,
      logLevel: 'info',
      consistencyTimeoutMs: 5000,
    });
    expect(settingsWarnings(readSettings({}))).toEqual([]);
  });

  it('treat an empty variable as one that is not set', () => {
    expect(readSettings({ PORT: '', EVENTSTORE_URL: ' ', OIDC_ISSUER: '' })).toEqual(readSettings({}));
  });

  it.each([
    ['PORT', '65535', '65536'],
    ['PORT', '0', '-1'],
    ['EMBEDDED_MONGODB_PORT', '27018', '27018.5'],
    ['EMBEDDED_EVENTSTORE_PORT', '2114', 'esdb'],
    ['CONSISTENCY_TIMEOUT_MS', '60000', '60001'],
    ['LOG_LEVEL', 'debug', 'loud'],
    ['HOST', '0.0.0.0', 'localhost:3000'],
    ['HOST', '::1', 'http://localhost'],
  ])(
    '%s may be %s, not %s, and the refusal names the variable, the value and what is allowed',
    (name, good, bad) => {
      expect(problemsOf({ [name]: good })).toBe('');
      const problems = problemsOf({ [name]: bad });
      expect(problems).toContain(`${name}: "${bad}" is not allowed; allowed: `);
    },
  );

  it('report every problem at once', () => {
    const problems = problemsOf({ PORT: 'x', LOG_LEVEL: 'y', MONGODB_URL: 'http://h' });
    for (const name of ['PORT', 'LOG_LEVEL', 'MONGODB_URL']) expect(problems).toContain(`- ${name}: `);
  });

  it('never show a secret', () => {
    const problems = problemsOf({
      PERSONAL_DATA_MASTER_KEY: 'too-short-secret',
      EVENTSTORE_URL: 'http://me:hush@host',
    });
    expect(problems).toContain('PERSONAL_DATA_MASTER_KEY: the given value (not shown)');
    expect(problems).not.toMatch(/too-short-secret|hush/);
  });

  it('take a master key of 32 bytes, in hexadecimal or base64', () => {
    const key = Buffer.alloc(32, 7);
    expect(problemsOf({ PERSONAL_DATA_MASTER_KEY: key.toString('hex') })).toBe('');
    expect(problemsOf({ PERSONAL_DATA_MASTER_KEY: key.toString('base64') })).toBe('');
    expect(problemsOf({ PERSONAL_DATA_MASTER_KEY: key.subarray(1).toString('hex') })).not.toBe('');
  });

  it('embed only the engine whose URL is missing, and say so', () => {
    const settings = readSettings({ EVENTSTORE_URL: 'esdb://db:2113?tls=false' });
    expect(settings.eventStoreUrl).toBe('esdb://db:2113?tls=false');
    expect(settings.mongoUrl).toBeUndefined();
    expect(settingsWarnings(settings).join()).toContain('MONGODB_URL is not set');
  });

  it('want an audience with an issuer, and no half of OIDC without the other', () => {
    const issuer = 'https://id.example/realms/main';
    expect(readSettings({ OIDC_ISSUER: issuer, OIDC_AUDIENCE: 'complaints' }).oidc).toEqual({
      issuer,
      audience: 'complaints',
    });
    expect(problemsOf({ OIDC_ISSUER: issuer })).toContain('OIDC_AUDIENCE: is needed');
    expect(problemsOf({ OIDC_AUDIENCE: 'complaints' })).toContain(
      'OIDC_AUDIENCE: means nothing without OIDC_ISSUER',
    );
    expect(problemsOf({ OIDC_ISSUER: 'http://id.example', OIDC_AUDIENCE: 'c' })).toContain('OIDC_ISSUER');
    expect(problemsOf({ OIDC_ISSUER: 'http://127.0.0.1:9', OIDC_AUDIENCE: 'c' })).toBe('');
  });

  it('want a sender and recipients with a mail server, and a secret with a webhook', () => {
    const smtp = { NOTIFY_SMTP_URL: 'smtp://mail.example', NOTIFY_FROM: 'Şikâyet <no-reply@firm.example>' };
    const to =
      'team:plumbing=plumbers@firm.example, x@firm.example; team={team}@firm.example; *=office@firm.example';
    expect(readSettings({ ...smtp, NOTIFY_TO: to }).notify?.smtp?.to.get('team:plumbing')).toEqual([
      'plumbers@firm.example',
      'x@firm.example',
    ]);
    expect(problemsOf(smtp)).toContain('NOTIFY_TO: is needed when NOTIFY_SMTP_URL is set');
    expect(problemsOf({ ...smtp, NOTIFY_TO: 'office@firm.example' })).toContain('NOTIFY_TO: "office');
    expect(problemsOf({ NOTIFY_WEBHOOK_URL: 'https://hook.example' })).toContain(
      'NOTIFY_WEBHOOK_SECRET: is needed',
    );
    const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
    expect(
      readSettings({ NOTIFY_WEBHOOK_URL: 'https://hook.example', NOTIFY_WEBHOOK_SECRET: secret }).notify,
    ).toEqual({ webhook: { url: 'https://hook.example', secret } });
    expect(problemsOf({ NOTIFY_WEBHOOK_SECRET: 'hush-hush' })).not.toContain('hush-hush');
  });

  it('take a link only if it leads to a complaint', () => {
    expect(problemsOf({ NOTIFY_LINK: 'https://c.example/complaints/{id}' })).toBe('');
    expect(problemsOf({ NOTIFY_LINK: 'https://c.example/complaints' })).toContain('NOTIFY_LINK');
  });

  it('warn when the interface is open to the network', () => {
    expect(settingsWarnings(readSettings({ HOST: '0.0.0.0' })).join('\n')).toMatch(
      /open to the network[\s\S]*OIDC_ISSUER/,
    );
    expect(settingsWarnings(readSettings({ HOST: 'localhost' }))).toEqual([]);
  });

  it('are described in docs/reference/settings.md', () => {
    expectReferencePage('docs/reference/settings.md', settingsReference());
  });
});
