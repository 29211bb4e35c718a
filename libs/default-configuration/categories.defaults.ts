import type { ConfigurationEventData } from '#libs/event-contracts/index.js';

type Category = ConfigurationEventData['CategoryDefined'];

function category(code: string, tr: string, en: string): Category {
  return { code, names: { tr, en }, active: true };
}

/** Root causes. */
export const DEFAULT_CATEGORIES: readonly Category[] = [
  category('workmanship', 'İşçilik', 'Workmanship'),
  category('material', 'Malzeme', 'Material'),
  category('design', 'Proje ve tasarım', 'Design'),
  category('subcontractor', 'Taşeron', 'Subcontractor'),
  category('planning', 'Planlama ve gecikme', 'Planning and delay'),
  category('communication', 'İletişim', 'Communication'),
  category('information', 'Yanlış veya eksik bilgi', 'Wrong or missing information'),
  category('staff', 'Personel davranışı', 'Conduct of staff'),
  category('billing', 'Fatura ve tahsilat', 'Billing'),
  category('maintenance', 'Bakım', 'Maintenance'),
  category('usage', 'Kullanım', 'Use by the customer'),
  category('third-party', 'Üçüncü taraf', 'Third party'),
];
