import { auditor, ayse, given, mehmet, selim, told, zeynep } from '#libs/testing/complaint-stories.js';

describe('Categorising', () => {
  it('says what changes and what was before', () => {
    given(...told.open)
      .when('categorise', { callTree: 'power', category: 'wire', reason: 'Kök neden' }, { by: ayse })
      .then({
        type: 'ComplaintCategorised',
        data: { callTree: 'power', previousCallTree: 'water', category: 'wire', reason: 'Kök neden' },
      });
  });

  it('leaves out what stays', () => {
    given(...told.open)
      .when('categorise', { callTree: 'water', category: 'pipe' }, { by: mehmet })
      .then({ type: 'ComplaintCategorised', data: { category: 'pipe' } });
  });

  it.each([{}, { callTree: 'water' }, { reason: 'Sadece not' }])(
    'refuses what changes nothing: %j',
    (body) => {
      given(...told.open)
        .when('categorise', body, { by: ayse })
        .thenRejected('nothing-changes', { kind: 'invalid' });
    },
  );

  it('refuses unknown codes', () => {
    given(...told.open)
      .when('categorise', { callTree: 'x', category: 'y' }, { by: ayse })
      .thenRejected('unknown-call-tree-node', {
        errors: [
          expect.objectContaining({ pointer: '/callTree' }),
          expect.objectContaining({ pointer: '/category' }),
        ],
      });
  });

  it.each(Object.keys(told) as (keyof typeof told)[])('is possible at any time: %s', (status) => {
    given(...told[status])
      .when('categorise', { category: 'pipe' }, { by: ayse })
      .then({ type: 'ComplaintCategorised', data: { category: 'pipe' } });
  });

  it('is for the officer of the team that has it, and of no other', () => {
    given(...told.routed)
      .when('categorise', { category: 'pipe' }, { by: zeynep })
      .thenRejected('not-your-team');
    given(...told.received)
      .when('categorise', { category: 'pipe' }, { by: mehmet })
      .thenRejected('not-your-team');
  });
});

describe('Prioritising', () => {
  it.each([ayse, selim])('gives another priority with a reason: $sub', (by) => {
    given(...told.routed)
      .when('prioritise', { priority: 'urgent', reason: 'Su basıyor' }, { by })
      .then({
        type: 'PriorityChanged',
        data: { priority: 'urgent', previousPriority: 'normal', reason: 'Su basıyor' },
      });
  });

  it('refuses the same priority, a blank reason, and officers', () => {
    const routed = given(...told.routed);
    routed
      .when('prioritise', { priority: 'normal', reason: 'x' }, { by: ayse })
      .thenRejected('same-priority');
    routed.when('prioritise', { priority: 'high', reason: ' ' }, { by: ayse }).thenRejected('required', {
      errors: [{ pointer: '/reason', detail: expect.any(String) }],
    });
    routed.when('prioritise', { priority: 'high', reason: 'x' }, { by: mehmet }).thenRejected('wrong-role');
  });
});

describe('Following up', () => {
  it.each(Object.keys(told) as (keyof typeof told)[])('is possible at any time: %s', (status) => {
    given(...told[status])
      .when('recordFollowUp', { note: ' Arandı ', with: 'customer' }, { by: ayse })
      .then({ type: 'FollowUpRecorded', data: { note: 'Arandı', with: 'customer' } });
  });

  it('is welcome from any officer, not from who only reads', () => {
    given(...told.routed)
      .when('recordFollowUp', { note: 'Biz de baktık' }, { by: zeynep })
      .then({ type: 'FollowUpRecorded', data: { note: 'Biz de baktık' } });
    given(...told.routed)
      .when('recordFollowUp', { note: 'x' }, { by: auditor })
      .thenRejected('wrong-role');
  });

  it('says something', () => {
    given(...told.routed)
      .when('recordFollowUp', { note: '\n' }, { by: ayse })
      .thenRejected('required');
  });
});
