import type { ConfigurationEventData } from '#libs/event-contracts/index.js';

type Node = ConfigurationEventData['CallTreeNodeDefined'];

function node(code: string, tr: string, en: string, parent?: string): Node {
  return { code, names: { tr, en }, ...(parent === undefined ? {} : { parent }), active: true };
}

/** Main categories of a contact with a housing developer; parents before children. */
export const DEFAULT_CALL_TREE: readonly Node[] = [
  node('sales', 'Satış', 'Sales'),
  node('sales-contract', 'Sözleşme', 'Contract', 'sales'),
  node('sales-payment', 'Ödeme planı', 'Payment plan', 'sales'),
  node('sales-information', 'Yanlış veya eksik bilgi', 'Wrong or missing information', 'sales'),
  node('delivery', 'Teslim', 'Handover'),
  node('delivery-delay', 'Teslim gecikmesi', 'Late handover', 'delivery'),
  node('delivery-snagging', 'Eksik ve kusurlu iş', 'Snagging', 'delivery'),
  node('defects', 'Yapı kusurları', 'Building defects'),
  node('defects-plumbing', 'Sıhhi tesisat', 'Plumbing', 'defects'),
  node('defects-electrical', 'Elektrik', 'Electrical', 'defects'),
  node('defects-heating', 'Isıtma ve soğutma', 'Heating and cooling', 'defects'),
  node('defects-waterproofing', 'Su yalıtımı', 'Waterproofing', 'defects'),
  node('defects-windows', 'Kapı ve pencere', 'Doors and windows', 'defects'),
  node('defects-finishes', 'Boya ve kaplama', 'Paint and finishes', 'defects'),
  node('common-areas', 'Ortak alanlar', 'Common areas'),
  node('common-lifts', 'Asansör', 'Lifts', 'common-areas'),
  node('common-parking', 'Otopark', 'Car park', 'common-areas'),
  node('common-landscape', 'Peyzaj', 'Landscape', 'common-areas'),
  node('common-security', 'Güvenlik', 'Security', 'common-areas'),
  node('site-management', 'Site yönetimi', 'Site management'),
  node('site-dues', 'Aidat', 'Dues', 'site-management'),
  node('site-noise', 'Gürültü ve komşuluk', 'Noise and neighbours', 'site-management'),
  node('deeds', 'Tapu ve hukuk', 'Deeds and legal'),
  node('deeds-title', 'Tapu devri', 'Transfer of title', 'deeds'),
  node('digital', 'Dijital hizmetler', 'Digital services'),
  node('other', 'Diğer', 'Other'),
];
