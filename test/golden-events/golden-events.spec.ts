import {
  isKnownType,
  KNOWN_EVENT_TYPES,
  newestVersion,
  personalFieldsOf,
  schemasOf,
  SEALED_PATTERN,
  UnknownVersionError,
  upcast,
  validateStored,
} from '#libs/event-contracts/index.js';
import { checksumOf, goldenEvent, goldenFileNames, recordedChecksums } from './golden-files.js';

const versions = KNOWN_EVENT_TYPES.flatMap((type) => schemasOf(type).map((_, index) => ({ type, version: index + 1 })));

/** Pointers of all sealed texts in some data. */
function sealedPlaces(value: unknown, pointer = ''): string[] {
  if (typeof value === 'string') return new RegExp(SEALED_PATTERN).test(value) ? [pointer] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => sealedPlaces(inner, `${pointer}/${key}`));
}

describe('Golden events, which stand for what is in logs already', () => {
  it.each(versions)('there is one for $type version $version', ({ type, version }) => {
    expect(goldenFileNames()).toContain(`${type}.v${version}.json`);
  });

  // A log cannot be changed, so neither can these: add a version and a file, then its checksum.
  it('are never changed, removed or left without a checksum', () => {
    expect(Object.fromEntries(goldenFileNames().map((name) => [name, checksumOf(name)]))).toEqual(
      recordedChecksums(),
    );
  });

  describe.each(goldenFileNames())('%s', (name) => {
    const { type, version, data, newest } = goldenEvent(name);

    it('is of a type that is known, and named after it', () => {
      expect(isKnownType(type)).toBe(true);
      expect(name).toBe(`${type}.v${version}.json`);
    });

    it('passes the schema of its version', () => {
      expect(validateStored(type, version, data)).toEqual([]);
    });

    it('fails it with a field that the schema does not know', () => {
      expect(validateStored(type, version, { ...data, surprise: true })).toEqual([
        'the event must NOT have additional properties',
      ]);
    });

    it('reads as the newest version', () => {
      const read = upcast(type, version, data);
      expect(validateStored(type, newestVersion(type as (typeof KNOWN_EVENT_TYPES)[number]), read)).toEqual([]);
      expect(read).toEqual(newest ?? data);
    });

    it('has personal texts only where the newest version marks them', () => {
      for (const pointer of sealedPlaces(upcast(type, version, data))) {
        expect(personalFieldsOf(type)).toContain(pointer);
      }
      expect(sealedPlaces(upcast(type, version, data))).toHaveLength(sealedPlaces(data).length);
    });

    it('fails its schema with a personal text in the clear', () => {
      for (const pointer of sealedPlaces(data)) {
        const open = JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
        const path = pointer.slice(1).split('/');
        const last = path.pop() ?? '';
        const holder = path.reduce<Record<string, unknown>>((inner, key) => inner[key] as Record<string, unknown>, open);
        holder[last] = 'Ayşe Yılmaz';
        expect(validateStored(type, version, open)).toEqual([`${pointer} is not in the form that the schema asks for`]);
      }
    });
  });

  it('are of versions that this release knows; any other is refused', () => {
    expect(upcast('ComplaintReceived', 2, {})).toEqual({});
    expect(() => upcast('ComplaintReceived', 3, {})).toThrow(UnknownVersionError);
    expect(() => upcast('ComplaintReceived', 0, {})).toThrow(UnknownVersionError);
    expect(validateStored('ComplaintReceived', 3, {})).toEqual(['ComplaintReceived has no version 3']);
  });

  it('may stand beside types that this release does not know, which are handed on as they are', () => {
    const data = { anything: 1 };
    expect(isKnownType('ComplaintPraised')).toBe(false);
    expect(isKnownType('toString')).toBe(false);
    expect(upcast('ComplaintPraised', 7, data)).toBe(data);
    expect(validateStored('ComplaintPraised', 1, data)).toEqual(['"ComplaintPraised" is not a known event type']);
  });
});
