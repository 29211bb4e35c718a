import { KNOWN_EVENT_TYPES, schemasOf } from '../schemas/event-schemas.js';
import { mapPersonalFields, personalFieldsOf } from './personal-data.js';
import type { ComplaintEventData } from '../complaint/complaint-events.js';
import type { JsonSchema } from '../schemas/json-schema.js';
import { SEALED_PATTERN } from '../schemas/schema-parts.js';

function sealedFields(schema: JsonSchema, pointer = ''): string[] {
  if (schema.pattern === SEALED_PATTERN) return [pointer];
  return Object.entries(schema.properties ?? {}).flatMap(([key, inner]) =>
    sealedFields(inner, `${pointer}/${key}`),
  );
}

describe('Personal data in events', () => {
  it.each(KNOWN_EVENT_TYPES)('of %s is marked exactly where its schema wants a sealed text', (type) => {
    const newest = schemasOf(type).at(-1) ?? {};
    expect([...personalFieldsOf(type)].sort()).toEqual(sealedFields(newest).sort());
  });

  const received: ComplaintEventData['ComplaintReceived'] = {
    complaintId: '01912d68-783e-7a2f-8d3b-6b1f6f0c9a10',
    reference: 'SK-1',
    customer: { ref: 'M-1', kind: 'owner', name: 'Ayşe', locale: 'tr-TR' },
    property: { project: 'Bahçe Evleri', unit: '12' },
    channel: 'phone',
    contactedAt: '2024-09-02T06:40:00.000Z',
    receivedAt: '2024-09-02T06:52:30.000Z',
    callTree: 'plumbing',
    priority: 'normal',
    subject: 'Su',
    description: 'Damlıyor',
  };

  it('is replaced where it stands, and nothing else is', () => {
    const before = structuredClone(received);
    expect(mapPersonalFields('ComplaintReceived', received, (text, pointer) => `${pointer}=${text}`)).toEqual(
      {
        ...received,
        customer: { ...received.customer, name: '/customer/name=Ayşe' },
        property: { project: 'Bahçe Evleri', unit: '/property/unit=12' },
        subject: '/subject=Su',
        description: '/description=Damlıyor',
      },
    );
    expect(received).toEqual(before);
  });

  it('may be absent, and then stays absent', () => {
    const { property: _, ...withoutProperty } = received;
    const mapped = mapPersonalFields<'ComplaintReceived'>('ComplaintReceived', withoutProperty, () => '*');
    expect(mapped).not.toHaveProperty('property');
    expect(mapped.customer).not.toHaveProperty('phone');
  });

  it('is nowhere in types without marks and in unknown types', () => {
    const data = { team: 'plumbing', officer: 'mehmet' };
    expect(mapPersonalFields('ActivityOpened', data, () => '*')).toBe(data);
    expect(mapPersonalFields('SomethingNew', data, () => '*')).toBe(data);
    expect(mapPersonalFields('toString', data, () => '*')).toBe(data);
  });

  it('is left alone where a stored value is not a text', () => {
    expect(mapPersonalFields('ResolutionRejected' as string, { reason: 7 }, () => '*')).toEqual({
      reason: 7,
    });
    expect(mapPersonalFields('ResolutionRejected' as string, null, () => '*')).toBeNull();
  });
});
