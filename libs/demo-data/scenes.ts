/** What may go wrong, told by customers in both languages; each with the team that mends it. */
export interface Scene {
  readonly callTree: string;
  readonly team: string;
  readonly category: string;
  readonly tr: readonly [subject: string, description: string, explanation: string];
  readonly en: readonly [subject: string, description: string, explanation: string];
}

export const SCENES: readonly [Scene, ...Scene[]] = [
  {
    callTree: 'defects-plumbing',
    team: 'plumbing',
    category: 'workmanship',
    tr: [
      'Banyoda su kaçağı',
      'Duş bataryasının altından su sızıyor, alt kata leke verdi.',
      'Conta değiştirildi, boru yeniden bağlandı.',
    ],
    en: [
      'Leak in the bathroom',
      'Water drips below the shower mixer and stains the ceiling below.',
      'Seal replaced, pipe connected anew.',
    ],
  },
  {
    callTree: 'defects-plumbing',
    team: 'plumbing',
    category: 'material',
    tr: [
      'Mutfak gideri tıkalı',
      'Taşındığımızdan beri gider yavaş akıyor.',
      'Gider hattında kalan harç temizlendi.',
    ],
    en: [
      'Kitchen drain blocked',
      'It has drained slowly since we moved in.',
      'Mortar left in the pipe was removed.',
    ],
  },
  {
    callTree: 'defects-electrical',
    team: 'electrical',
    category: 'subcontractor',
    tr: ['Salonda prizler çalışmıyor', 'Üç priz hiç elektrik vermiyor.', 'Buat bağlantısı düzeltildi.'],
    en: ['Sockets without power', 'Three sockets in the living room are dead.', 'Junction box rewired.'],
  },
  {
    callTree: 'defects-windows',
    team: 'finishing',
    category: 'workmanship',
    tr: ['Pencere kapanmıyor', 'Balkon kapısı rüzgârda açılıyor.', 'Menteşe ayarı yapıldı.'],
    en: ['Window does not close', 'The balcony door opens in the wind.', 'Hinges adjusted.'],
  },
  {
    callTree: 'defects-waterproofing',
    team: 'construction',
    category: 'design',
    tr: ['Terasta su birikiyor', 'Yağmurdan sonra su içeri giriyor.', 'Eğim düzeltildi, yalıtım yenilendi.'],
    en: [
      'Water on the terrace',
      'After rain it comes in under the door.',
      'Slope corrected, waterproofing renewed.',
    ],
  },
  {
    callTree: 'common-lifts',
    team: 'mechanical',
    category: 'maintenance',
    tr: ['Asansör katta kalıyor', 'Haftada iki kez kapısı açılmıyor.', 'Kapı sensörü değiştirildi.'],
    en: ['Lift gets stuck', 'Twice a week its door does not open.', 'Door sensor replaced.'],
  },
  {
    callTree: 'common-parking',
    team: 'site-management',
    category: 'planning',
    tr: ['Otopark yerim dolu', 'Bana ayrılan yere başkası park ediyor.', 'Yer işaretlendi, komşu uyarıldı.'],
    en: [
      'My parking space is taken',
      'Somebody else parks on my place.',
      'Space marked, neighbour informed.',
    ],
  },
  {
    callTree: 'site-dues',
    team: 'finance',
    category: 'billing',
    tr: [
      'Aidat iki kez tahsil edildi',
      'Mart aidatı kartımdan iki kez çekilmiş.',
      'Fazla tutar iade edildi.',
    ],
    en: [
      'Dues charged twice',
      'The dues of March were taken twice from my card.',
      'The amount was paid back.',
    ],
  },
  {
    callTree: 'delivery-delay',
    team: 'construction',
    category: 'planning',
    tr: [
      'Teslim tarihi geçti',
      'Sözleşmedeki teslim tarihi iki ay önceydi.',
      'Yeni tarih verildi, gecikme bedeli hesaplandı.',
    ],
    en: [
      'Handover is late',
      'The date in the contract passed two months ago.',
      'New date given, compensation calculated.',
    ],
  },
  {
    callTree: 'delivery-snagging',
    team: 'finishing',
    category: 'workmanship',
    tr: ['Parke çizik teslim edildi', 'Yatak odasındaki parke boydan boya çizik.', 'Parke değiştirildi.'],
    en: ['Scratched parquet', 'The bedroom parquet is scratched from end to end.', 'Parquet replaced.'],
  },
  {
    callTree: 'sales-information',
    team: 'sales',
    category: 'information',
    tr: [
      'Broşürdeki havuz yok',
      'Satışta gösterilen havuz projede bulunmuyor.',
      'Proje değişikliği açıklandı.',
    ],
    en: [
      'No pool as in the brochure',
      'The pool that we were shown is not in the project.',
      'The change of plans was explained.',
    ],
  },
  {
    callTree: 'deeds-title',
    team: 'legal',
    category: 'communication',
    tr: [
      'Tapu randevusu verilmedi',
      'Altı haftadır tapu devri için haber bekliyorum.',
      'Randevu alındı, müşteriye bildirildi.',
    ],
    en: [
      'No appointment for the deed',
      'I have waited six weeks for word about the transfer.',
      'Appointment made and told.',
    ],
  },
  {
    callTree: 'digital',
    team: 'digital',
    category: 'third-party',
    tr: [
      'Uygulamaya giriş yapamıyorum',
      'Şifre yenileme e-postası gelmiyor.',
      'Hesap yeniden etkinleştirildi.',
    ],
    en: [
      'Cannot sign in to the app',
      'The mail to reset my password never comes.',
      'Account activated again.',
    ],
  },
];

export const PROJECTS = ['Park Evleri', 'Göl Konutları', 'Merkez Rezidans', 'Sahil Sitesi'] as const;
