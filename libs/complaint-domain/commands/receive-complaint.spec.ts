import {
  ayse,
  given,
  hour,
  mehmet,
  receiveBody,
  selim,
  told,
  webForm,
} from '#libs/testing/complaint-stories.js';

describe('Receiving a complaint', () => {
  it('records it with normal priority, at the moment at which it happens', () => {
    given()
      .when('receive', receiveBody, { by: ayse, now: hour(1) })
      .then({
        type: 'ComplaintReceived',
        data: { ...receiveBody, receivedAt: hour(1), priority: 'normal' },
      });
  });

  it.each([ayse, selim, webForm])('is for call management and upstream services: $sub', (by) => {
    expect(given().when('receive', receiveBody, { by }).decision.ok).toBe(true);
  });

  it('is not for officers', () => {
    given().when('receive', receiveBody, { by: mehmet }).thenRejected('wrong-role', { kind: 'not-allowed' });
  });

  it('keeps everything else that was told, without blanks around it', () => {
    const told = {
      customer: {
        ...receiveBody.customer,
        name: '  Can Öz ',
        phone: '+90 555 000 00 00',
        email: ' ',
        locale: 'tr-TR',
      },
      property: { project: 'Bahçe Evleri', block: 'B', unit: '' },
      category: 'pipe',
      priority: 'high',
      requestedRemedy: 'Tamir',
      externalId: 'legacy-1',
    } as const;
    given()
      .when('receive', { ...receiveBody, ...told }, { by: ayse })
      .then({
        type: 'ComplaintReceived',
        data: {
          ...receiveBody,
          ...told,
          customer: {
            ref: 'M-1',
            kind: 'owner',
            name: 'Can Öz',
            phone: '+90 555 000 00 00',
            locale: 'tr-TR',
          },
          property: { project: 'Bahçe Evleri', block: 'B' },
          receivedAt: hour(0),
        },
      });
  });

  it('takes right-to-left and combined characters as they are', () => {
    const name = 'عائشة 👩‍👩‍👧 Çığ';
    const body = { ...receiveBody, customer: { ...receiveBody.customer, name } };
    const { decision } = given().when('receive', body, { by: ayse });
    expect(decision.ok && decision.events[0]?.data).toMatchObject({ customer: { name } });
  });

  it('happens once', () => {
    given(...told.received)
      .when('receive', receiveBody, { by: ayse })
      .thenRejected('already-received', { kind: 'illegal-transition', status: 'received' });
  });

  it('compares the contact with the recording as instants, whatever their offsets', () => {
    const at = { by: ayse, now: '2024-09-02T06:00:00Z' };
    expect(
      given().when('receive', { ...receiveBody, contactedAt: '2024-09-02T09:00:00+03:00' }, at).decision,
    ).toEqual({
      ok: true,
      occurredAt: '2024-09-02T06:00:00.000Z',
      events: [
        expect.objectContaining({
          data: expect.objectContaining({ contactedAt: '2024-09-02T06:00:00.000Z' }),
        }),
      ],
    });
    given()
      .when('receive', { ...receiveBody, contactedAt: '2024-09-02T09:00:00.001+03:00' }, at)
      .thenRejected('contacted-after-received', {
        errors: [{ pointer: '/contactedAt', detail: expect.any(String) }],
      });
  });

  it.each([
    ['/callTree', { callTree: 'nowhere' }, 'unknown-call-tree-node'],
    ['/category', { category: 'nothing' }, 'unknown-category'],
    ['/subject', { subject: ' ' }, 'required'],
    ['/description', { description: '' }, 'required'],
    ['/customer/name', { customer: { ...receiveBody.customer, name: '\t' } }, 'required'],
    ['/channel', { channel: 'pigeon' as never }, 'not-in-vocabulary'],
    ['/priority', { priority: 'asap' as never }, 'not-in-vocabulary'],
    ['/contactedAt', { contactedAt: 'yesterday' }, 'invalid-instant'],
    ['/contactedAt', { contactedAt: '2024-02-30T10:00:00Z' }, 'invalid-instant'],
    ['/contactedAt', { contactedAt: '2024-02-29T10:00:00' }, 'invalid-instant'],
  ])('refuses input and points at it: %s %j', (pointer, change, code) => {
    given()
      .when('receive', { ...receiveBody, ...change }, { by: ayse })
      .thenRejected(code, { kind: 'invalid', errors: [{ pointer, detail: expect.any(String) }] });
  });

  it('says all that is wrong at once', () => {
    given()
      .when('receive', { ...receiveBody, callTree: 'x', category: 'y', subject: '' }, { by: ayse })
      .thenRejected('unknown-call-tree-node', {
        errors: ['/callTree', '/category', '/subject'].map((pointer) => expect.objectContaining({ pointer })),
      });
  });
});
