import { connectionString, secureUrl } from './parsers.js';
import { mailbox, notifyLink, recipients, webhookSecret, type Recipients } from './notify.parsers.js';
import type { Setting } from './setting.js';

/** Whom escalations are told, and how. With neither server set they go to the log. */
export const NOTIFY_DECLARATIONS = {
  notifySmtpUrl: {
    name: 'NOTIFY_SMTP_URL',
    description: 'Mail server by which escalations are told. Needs `NOTIFY_FROM` and `NOTIFY_TO`.',
    allowed:
      'a URL that starts with smtp:// or smtps://, with user and password where needed (smtp://user:password@host:587)',
    secret: true,
    parse: connectionString(['smtp', 'smtps']),
  } satisfies Setting<string>,
  notifyFrom: {
    name: 'NOTIFY_FROM',
    description: 'Sender of these mails.',
    allowed: 'a mail address, bare or as Name <address>',
    parse: mailbox,
  } satisfies Setting<string>,
  notifyTo: {
    name: 'NOTIFY_TO',
    description:
      'Who gets these mails. `team:plumbing` is one team, `team` every other one, any other name is what the policy says in `notify`, `*` everybody else. In addresses `{team}` and `{whom}` are filled in. Whom nobody is found for stays in the outbox, parked.',
    allowed:
      'entries `whom=address,address` separated by semicolons (team={team}@firm.example; supervisor=chief@firm.example; *=office@firm.example)',
    parse: recipients,
  } satisfies Setting<Recipients>,
  notifyWebhookUrl: {
    name: 'NOTIFY_WEBHOOK_URL',
    description:
      'Where escalations are posted as JSON, signed after the Standard Webhooks specification. Needs `NOTIFY_WEBHOOK_SECRET`. May be set beside the mail server: both are told then.',
    allowed: 'an https:// URL (http:// only to this machine)',
    parse: secureUrl,
  } satisfies Setting<string>,
  notifyWebhookSecret: {
    name: 'NOTIFY_WEBHOOK_SECRET',
    description: 'Key of the HMAC-SHA-256 signature on webhooks, shared with the receiver.',
    allowed: 'whsec_ and 24 to 64 bytes in base64 (echo whsec_$(openssl rand -base64 32))',
    secret: true,
    parse: webhookSecret,
  } satisfies Setting<string>,
  notifyLink: {
    name: 'NOTIFY_LINK',
    description:
      'Page of a complaint, for links in notifications; `{id}` and `{reference}` are filled in. Not set: no link.',
    allowed: 'an http:// or https:// URL with {id} or {reference} in it',
    parse: notifyLink,
  } satisfies Setting<string>,
} as const;
