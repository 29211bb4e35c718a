import type { Channel, CustomerKind } from '../complaint/vocabulary.js';
import type { ComplaintEventData, PersonalText } from '../complaint/complaint-events.js';

/** Before the call tree and priorities, with the customer flat in the event. */
export interface ComplaintReceivedV1 {
  readonly complaintId: string;
  readonly reference: string;
  readonly customerRef: string;
  readonly customerKind: CustomerKind;
  readonly customerName: PersonalText;
  readonly customerPhone?: PersonalText;
  readonly customerEmail?: PersonalText;
  readonly project?: string;
  readonly block?: PersonalText;
  readonly unit?: PersonalText;
  readonly channel: Channel;
  readonly contactedAt: string;
  readonly receivedAt: string;
  readonly mainCategory: string;
  readonly subject: PersonalText;
  readonly description: PersonalText;
}

/** Sealed fields move as they are: the seal names its key, not its place. */
export function complaintReceivedV1ToV2(v1: ComplaintReceivedV1): ComplaintEventData['ComplaintReceived'] {
  return {
    complaintId: v1.complaintId,
    reference: v1.reference,
    customer: {
      ref: v1.customerRef,
      kind: v1.customerKind,
      name: v1.customerName,
      ...(v1.customerPhone === undefined ? {} : { phone: v1.customerPhone }),
      ...(v1.customerEmail === undefined ? {} : { email: v1.customerEmail }),
    },
    ...(v1.project === undefined
      ? {}
      : {
          property: {
            project: v1.project,
            ...(v1.block === undefined ? {} : { block: v1.block }),
            ...(v1.unit === undefined ? {} : { unit: v1.unit }),
          },
        }),
    channel: v1.channel,
    contactedAt: v1.contactedAt,
    receivedAt: v1.receivedAt,
    callTree: v1.mainCategory,
    priority: 'normal',
    subject: v1.subject,
    description: v1.description,
  };
}
