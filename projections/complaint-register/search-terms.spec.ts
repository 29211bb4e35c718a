import { folded, searchTermsOf } from './search-terms.fold.js';

describe('Text as it is searched', () => {
  it.each([
    ['İSTANBUL', 'istanbul'],
    ['ISPARTA', 'isparta'],
    ['ısparta', 'isparta'],
    ['Işık Şehir Çağ Göğü', 'isik sehir cag gogu'],
    ['  Park \t Evleri ', 'park evleri'],
    ['C-7Q2M-04XN-9KTB', 'c-7q2m-04xn-9ktb'],
    ['Ｐａｒｋ', 'park'],
    ['Łódź 李小龍', 'łodz 李小龍'],
  ])('is for %j the same as %j', (text, same) => {
    expect(folded(text)).toBe(same);
  });
});

describe('A complaint', () => {
  it('is found by its numbers whole, by its project also word by word', () => {
    expect(
      searchTermsOf({
        reference: 'C-7Q2M',
        externalId: 'helpdesk:Case 1',
        customer: { ref: 'CRM-1' },
        property: { project: '"Işık" Evleri-2' },
      }),
    ).toEqual(['c-7q2m', 'helpdesk:case 1', 'crm-1', '"isik" evleri-2', 'isik', 'evleri', '2']);
  });

  it('is found by what there is', () => {
    expect(searchTermsOf({ reference: 'C-1', customer: { ref: 'C-1' } })).toEqual(['c-1']);
  });
});
