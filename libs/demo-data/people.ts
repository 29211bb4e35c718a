/** Family names that say "sample" in either language, so that nobody takes them for somebody. */
export const CUSTOMERS = {
  tr: {
    given: ['Ayşe', 'Mehmet', 'Zeynep', 'Çağrı', 'İpek', 'Oğuz', 'Şule', 'Ümit'],
    family: 'Örnek',
    locale: 'tr-TR',
  },
  en: {
    given: ['Emma', 'Oliver', 'Grace', 'Harry', 'Ruby', 'Noah', 'Ivy', 'Leo'],
    family: 'Sample',
    locale: 'en-GB',
  },
} as const;

export const AGENTS = ['agent-1', 'agent-2', 'agent-3', 'agent-4'] as const;
export const OFFICERS_PER_TEAM = 2;
