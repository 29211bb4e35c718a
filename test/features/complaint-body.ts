/** A complaint as a call centre would send it. */
export function complaintBody(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    customer: {
      ref: 'crm-1',
      kind: 'owner',
      name: 'Ayşe Örnek',
      phone: '+90 555 000 00 00',
      email: 'ayse@mail.example',
    },
    property: { project: 'Park Evleri', block: 'B', unit: '12' },
    channel: 'phone',
    contactedAt: new Date(Date.now() - 60_000).toISOString(),
    callTree: 'defects-plumbing',
    priority: 'high',
    subject: 'Banyoda su kaçağı',
    description: 'Duş bataryasının altından su sızıyor.',
    ...more,
  };
}
