/** One physical copy of a projection version. Build 0 is the first; a rebuild of the same version counts on. */
export interface BuildId {
  readonly name: string;
  readonly version: number;
  readonly build: number;
}

/** `sla-facts:v3`, for a rebuild `sla-facts:v3:b1`; part of every checkpoint's key. */
export function buildKey({ name, version, build }: BuildId): string {
  return build === 0 ? `${name}:v${version}` : `${name}:v${version}:b${build}`;
}

/** `sla_facts_v3`, for a rebuild `sla_facts_v3_b1`. */
export function buildCollection({ name, version, build }: BuildId): string {
  const base = `${name.replaceAll('-', '_')}_v${version}`;
  return build === 0 ? base : `${base}_b${build}`;
}

export function parkedCollection(id: BuildId): string {
  return `parked_${buildCollection(id)}`;
}

export function partitionId(id: BuildId, partition: number): string {
  return `${buildKey(id)}:p${partition}`;
}

/** Name and version, the identity that a registry entry has. */
export function versionKey({ name, version }: Pick<BuildId, 'name' | 'version'>): string {
  return `${name}:v${version}`;
}

/** Names become parts of keys and collections. */
export function assertProjectionName(name: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new TypeError(`A projection's name is lower-case words joined by "-", not "${name}".`);
  }
}

/** The reverse of `buildKey`; undefined for anything else. */
export function parseBuildKey(text: string): BuildId | undefined {
  const match = /^([a-z0-9-]+):v([1-9]\d{0,8})(?::b([1-9]\d{0,8}))?$/.exec(text);
  if (!match) return undefined;
  return { name: match[1] ?? '', version: Number(match[2]), build: Number(match[3] ?? 0) };
}
