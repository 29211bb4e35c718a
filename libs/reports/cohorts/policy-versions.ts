export interface RuledBy {
  /** Versions of the policy that ruled what was counted, and how much each. */
  readonly ruledBy: readonly { readonly version: number; readonly n: number }[];
}

export class PolicyVersions {
  private readonly counted = new Map<number, number>();

  add(version: number | undefined): void {
    if (version !== undefined) this.counted.set(version, (this.counted.get(version) ?? 0) + 1);
  }

  figures(): RuledBy {
    const versions = [...this.counted].sort(([a], [b]) => a - b);
    return { ruledBy: versions.map(([version, n]) => ({ version, n })) };
  }
}
