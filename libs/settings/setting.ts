/** One environment variable: how it is written, what is allowed, and how the reference page describes it. */
export interface Setting<T> {
  readonly name: string;
  readonly description: string;
  /** What may be written, in words; ends the sentence "allowed: …". */
  readonly allowed: string;
  /** As one would write it in the environment; undefined where leaving it out means something of its own. */
  readonly fallback?: string;
  /** A secret's value never appears in a message. */
  readonly secret?: boolean;
  /** Undefined when the text is not allowed. */
  readonly parse: (text: string) => T | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export interface SettingProblem {
  readonly name: string;
  readonly message: string;
}

const LONGEST_ECHO = 80;

function given(setting: Setting<unknown>, text: string): string {
  if (setting.secret) return 'the given value (not shown)';
  return JSON.stringify(text.length > LONGEST_ECHO ? `${text.slice(0, LONGEST_ECHO)}…` : text);
}

/** The text that counts: what is set, or the fallback. An empty variable is one that is not set. */
export function textOf(setting: Setting<unknown>, env: Environment): string | undefined {
  const text = env[setting.name]?.trim();
  return text === undefined || text === '' ? setting.fallback : text;
}

/** Reads one setting; a refused value becomes a problem, so that the caller can report all of them at once. */
export function readSetting<T>(
  setting: Setting<T>,
  env: Environment,
  problems: SettingProblem[],
): T | undefined {
  const text = textOf(setting, env);
  if (text === undefined) return undefined;
  const value = setting.parse(text);
  if (value === undefined) {
    const message = `${setting.name}: ${given(setting, text)} is not allowed; allowed: ${setting.allowed}`;
    problems.push({ name: setting.name, message });
  }
  return value;
}
