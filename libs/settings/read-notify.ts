import { NOTIFY_DECLARATIONS as DECLARED } from './notify.declarations.js';
import type { Recipients } from './notify.parsers.js';
import { textOf, type Environment, type Setting, type SettingProblem } from './setting.js';

export interface NotifySettings {
  readonly smtp?: { readonly url: string; readonly from: string; readonly to: Recipients };
  readonly webhook?: { readonly url: string; readonly secret: string };
  /** With `{id}` or `{reference}` to be filled in. */
  readonly link?: string;
}

/** Undefined when nothing of it is set: escalations then go to the log. */
export function readNotify(
  env: Environment,
  read: <T>(setting: Setting<T>) => T | undefined,
  problems: SettingProblem[],
): NotifySettings | undefined {
  const [smtpUrl, from, to] = [
    read(DECLARED.notifySmtpUrl),
    read(DECLARED.notifyFrom),
    read(DECLARED.notifyTo),
  ];
  const [webhookUrl, secret] = [read(DECLARED.notifyWebhookUrl), read(DECLARED.notifyWebhookSecret)];
  const link = read(DECLARED.notifyLink);
  needTogether(DECLARED.notifySmtpUrl, [DECLARED.notifyFrom, DECLARED.notifyTo], env, problems);
  needTogether(DECLARED.notifyWebhookUrl, [DECLARED.notifyWebhookSecret], env, problems);
  const settings = {
    ...(smtpUrl !== undefined && from !== undefined && to !== undefined
      ? { smtp: { url: smtpUrl, from, to } }
      : {}),
    ...(webhookUrl !== undefined && secret !== undefined ? { webhook: { url: webhookUrl, secret } } : {}),
    ...(link === undefined ? {} : { link }),
  };
  return Object.keys(settings).length === 0 ? undefined : settings;
}

function needTogether(
  server: Setting<unknown>,
  others: readonly Setting<unknown>[],
  env: Environment,
  problems: SettingProblem[],
): void {
  const isSet = (setting: Setting<unknown>): boolean => textOf(setting, env) !== undefined;
  for (const { name } of others.filter((other) => isSet(server) !== isSet(other))) {
    const message = isSet(server)
      ? `${name}: is needed when ${server.name} is set`
      : `${name}: means nothing without ${server.name}; set both or none`;
    problems.push({ name, message });
  }
}
