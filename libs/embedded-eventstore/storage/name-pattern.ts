import { RE2JS } from 're2js';

/** Names that are asked for again and again: every event of a stream bears the stream's. */
const verdictsKept = 4096;
/** A longer one is not worth its memory. */
const longestKept = 100;
const patternsKept = 8;

const patterns = new Map<string, NamePattern>();

/** A pattern with what it said of the names that came last. Matching takes microseconds, looking up a fraction of one. */
export class NamePattern {
  private readonly verdicts = new Map<string, boolean>();

  private constructor(private readonly pattern: RE2JS) {}

  /**
   * Subscribers with the same pattern share what it said.
   * @throws RE2JSException
   */
  static of(regex: string): NamePattern {
    const known = patterns.get(regex);
    if (known) return known;
    const pattern = new NamePattern(RE2JS.compile(regex));
    if (patterns.size >= patternsKept) patterns.delete(patterns.keys().next().value ?? '');
    patterns.set(regex, pattern);
    return pattern;
  }

  /** Names that it has a verdict for. */
  get kept(): number {
    return this.verdicts.size;
  }

  matches(name: string): boolean {
    const known = this.verdicts.get(name);
    if (known !== undefined) return known;
    const verdict = this.pattern.matcher(name).find();
    if (name.length > longestKept) return verdict;
    if (this.verdicts.size >= verdictsKept) this.verdicts.delete(this.verdicts.keys().next().value ?? '');
    this.verdicts.set(name, verdict);
    return verdict;
  }
}
