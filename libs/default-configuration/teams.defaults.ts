import type { ConfigurationEventData } from '#libs/event-contracts/index.js';

type Team = ConfigurationEventData['TeamDefined'];

function team(code: string, tr: string, en: string): Team {
  return { code, names: { tr, en }, members: [], active: true };
}

export const DEFAULT_TEAMS: readonly Team[] = [
  team('plumbing', 'Sıhhi tesisat ekibi', 'Plumbing'),
  team('electrical', 'Elektrik ekibi', 'Electrical'),
  team('mechanical', 'Mekanik ve asansör ekibi', 'Mechanical and lifts'),
  team('finishing', 'İnce işler ekibi', 'Finishing works'),
  team('construction', 'Şantiye', 'Construction site'),
  team('after-sales', 'Satış sonrası hizmetler', 'After-sales service'),
  team('sales', 'Satış', 'Sales'),
  team('finance', 'Finans', 'Finance'),
  team('legal', 'Hukuk ve tapu', 'Legal and deeds'),
  team('site-management', 'Site yönetimi', 'Site management'),
  team('digital', 'Bilgi teknolojileri', 'Information technology'),
];
