import { ProblemError } from '../problem/problem-error.js';
import { checked } from './input.pipe.js';
import { IsCode, IsEmailLike, IsLanguageTag, IsPhoneLike, IsText } from './text.fields.js';
import { IsIsoDuration, IsIsoInstant } from './time.fields.js';

class Fields {
  @IsText({ max: 10, optional: true })
  text?: string;

  @IsCode({ optional: true })
  code?: string;

  @IsEmailLike({ optional: true })
  email?: string;

  @IsPhoneLike({ optional: true })
  phone?: string;

  @IsLanguageTag({ optional: true })
  language?: string;

  @IsIsoInstant({ optional: true })
  instant?: string;

  @IsIsoDuration({ optional: true })
  duration?: string;
}

async function verdict(field: keyof Fields, value: unknown): Promise<string> {
  try {
    await checked(Fields, { [field]: value });
    return 'taken';
  } catch (error) {
    if (error instanceof ProblemError) return error.options.errors?.[0]?.pointer ?? 'nowhere';
    throw error;
  }
}

describe('a field', () => {
  it.each<[keyof Fields, string, string]>([
    ['text', 'ten chars!', 'eleven char'],
    ['text', ' trimmed ', '   '],
    ['text', 'two\nlines', 'bell\u0007'],
    ['code', 'su-2', 'Su-2'],
    ['code', 'a'.repeat(63), 'a'.repeat(64)],
    ['code', '0', '-0'],
    ['email', 'ayşe@örnek.com.tr', 'ayşe@'],
    ['email', 'a@b', 'a b@c.d'],
    ['phone', '+90 (555) 123-45.67', 'call me'],
    ['phone', '153', '15'],
    ['phone', '٠٥٥٥ ١٢٣ ٤٥ ٦٧', '5551234567890123456789'],
    ['language', 'tr', '!!'],
    ['language', 'zh-Hant-TW', 'tr_TR'],
    ['instant', '2026-02-28T23:59:59.999+03:00', '2026-02-29T23:59:59.999+03:00'],
    ['instant', '2024-02-29T00:00Z', '2024-02-29T00:00'],
    ['instant', '1970-01-01T00:00:00Z', '1969-12-31T23:59:59Z'],
    ['instant', '2026-01-01T23:59:59Z', '2026-01-01T24:00:01Z'],
    ['instant', '9999-12-31T12:59:59.999-11:00', '9999-12-31T13:00:00-11:00'],
    ['duration', 'PT4H', '4 hours'],
    ['duration', 'P2DT30M', 'P1M'],
    ['duration', 'P1W', 'PT0S'],
  ])('%s takes %j, not %j', async (field, good, bad) => {
    expect(await verdict(field, good)).toBe('taken');
    expect(await verdict(field, bad)).toBe(`/${field}`);
  });

  it.each([null, 7, true, {}, []])('of text takes no %j', async (value) => {
    for (const field of ['text', 'code', 'email', 'phone', 'language', 'instant', 'duration'] as const) {
      expect(await verdict(field, value)).toBe(`/${field}`);
    }
  });

  it('of text is kept without the blanks around it', async () => {
    expect((await checked(Fields, { text: '  Ayşe\t' })).text).toBe('Ayşe');
  });
});
