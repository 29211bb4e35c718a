import { DECLARATIONS } from './declarations.js';
import type { Setting } from './setting.js';

function row(setting: Setting<unknown>): string {
  const name = `\`${setting.name}\`${setting.secret ? ' (secret)' : ''}`;
  const fallback = setting.fallback === undefined ? 'not set' : `\`${setting.fallback}\``;
  return `| ${name} | ${fallback} | ${setting.allowed} | ${setting.description} |`;
}

/** The reference page of all settings, in Markdown. */
export function settingsReference(): string {
  return `# Settings

<!-- Made from libs/settings/declarations.ts; a test compares them. Renew: UPDATE_REFERENCE=1 npm test -- libs/settings -->

Everything is set by environment variables and checked at start: all problems are reported at once, naming the variable,
what was given (secrets are never shown) and what is allowed. An empty variable counts as not set. One of
\`EVENTSTORE_URL\` and \`MONGODB_URL\` may be set without the other: then only the other engine is embedded.

| variable | default | allowed | meaning |
| --- | --- | --- | --- |
${Object.values(DECLARATIONS).map(row).join('\n')}
`;
}
