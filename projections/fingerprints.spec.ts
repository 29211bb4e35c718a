import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECTIONS } from './projections.js';
import type * as SharedCode from '../tools/shared-code.mjs';

const root = process.cwd();
const { sharedCode } = (await import(join(root, 'tools/shared-code.mjs'))) as typeof SharedCode;

const declarationOf = (name: string) => join(root, 'projections', name, `${name}.projection.ts`);
const NAMES = PROJECTIONS.map(({ name }) => name);

const LATER_MOMENT = 'libs/event-contracts/envelope/later-moment.ts';
const CIVIL_DATE = 'libs/service-time/calendar/civil-date.ts';
const POLICY = 'libs/service-time/policy/policy-in-force.ts';
const CLOCK_INPUT = 'libs/service-time/clocks/clock-input.ts';
const INSTANT = 'libs/service-time/instant.ts';
const UNREACHED = 'libs/service-time/calendar/validate-calendar.ts';

/** What somebody might change without thinking of read models. */
const MUTATIONS: Readonly<Record<string, (text: string) => string>> = {
  // A helper that every fold calls.
  [LATER_MOMENT]: replacing('one > other', 'one >= other'),
  // A constant that only a helper of a helper uses, and behaves the same until somebody looks at a Thursday.
  [CIVIL_DATE]: replacing('(day + 3) % 7', '(day + 4) % 7'),
  // Nothing that runs: a comment, layout and a type.
  [POLICY]: replacing('/** A version rules', '// Whatever.\n\n\n/** A version rules'),
  [CLOCK_INPUT]: replacing(
    'readonly revision?: number;',
    'readonly revision?: number;\n  readonly more?: string;',
  ),
  // A function that no fold reaches, in a file of which they use others.
  [INSTANT]: (text) => `${text}\nexport const nobodyAsks = (): number => 42;\n`,
};

function replacing(what: string, by: string): (text: string) => string {
  return (text) => {
    if (!text.includes(what)) throw new Error(`The mutation needs renewing: "${what}" is gone.`);
    return text.replace(what, by);
  };
}

describe('the code that a projection shares', () => {
  const shared = (readFile?: (path: string) => string) => {
    const found = sharedCode(root, NAMES.map(declarationOf), readFile);
    return new Map(NAMES.map((name) => [name, found.get(declarationOf(name))!]));
  };
  const kept = JSON.parse(readFileSync('projections/fingerprints.json', 'utf8')) as Record<
    string,
    { shared: Record<string, string> }
  >;
  let before: ReadonlyMap<string, Record<string, string>>;
  let changed: ReadonlyMap<string, readonly string[]>;

  beforeAll(() => {
    before = shared();
    const after = shared((path) => {
      const text = readFileSync(path, 'utf8');
      return MUTATIONS[path.slice(root.length + 1)]?.(text) ?? text;
    });
    changed = new Map(
      NAMES.map((name) => {
        const [was, is] = [before.get(name)!, after.get(name)!];
        return [name, Object.keys({ ...was, ...is }).filter((file) => was[file] !== is[file])];
      }),
    );
  });

  it('is what the kept fingerprints hold', () => {
    for (const [key, fingerprint] of Object.entries(kept)) {
      expect(fingerprint.shared).toEqual(before.get(key.slice(0, key.indexOf(':'))));
    }
  });

  it('is reached over any number of files, and names the file whose change decides something', () => {
    expect(changed.get('sla-facts')).toEqual([LATER_MOMENT, CIVIL_DATE].sort());
  });

  it('does not count for projections that do not reach it', () => {
    expect(changed.get('complaint-register')).toEqual([LATER_MOMENT]);
    expect(changed.get('satisfaction-facts')).toEqual([LATER_MOMENT]);
  });

  it('holds files of which only types, comments or other functions changed, and they do not count', () => {
    const files = Object.keys(before.get('sla-facts')!);
    expect(files).toEqual(expect.arrayContaining([POLICY, CLOCK_INPUT, INSTANT]));
    expect(files).not.toContain(UNREACHED);
  });
});
