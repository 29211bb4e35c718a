import {
  CHANNELS,
  CUSTOMER_KINDS,
  type ComplaintEventData,
  type Customer,
  PRIORITIES,
  type Property,
} from '#libs/event-contracts/index.js';
import type { CommandOf, ComplaintCommandData, DecisionContext } from '../complaint/complaint-command.js';
import type { Outcome } from '../complaint/command-rule.js';
import { compact, isObject, oneOf, required, textOf } from '../decision/input.js';
import { firstOrAll, invalid, type Rejection } from '../decision/rejection.js';
import { formatInstant, parseInstant } from '../decision/instant.js';
import { unknownCallTreeNode, unknownCategory } from './configured-codes.js';

type Body = ComplaintCommandData['receive'];

/** The only command without a complaint before it: `decide` calls it when there is none. */
export function receiveComplaint(
  command: CommandOf<'receive'>,
  context: DecisionContext,
  occurredAt: number,
): Outcome {
  const body = command.data;
  const problem = firstOrAll([
    ...customerProblems(body.customer),
    body.property && required(body.property.project, '/property/project', 'Name the project.'),
    oneOf(body.channel, CHANNELS, '/channel'),
    contactProblem(body.contactedAt, occurredAt),
    required(body.callTree, '/callTree', 'Give the code of a call-tree node.') ??
      unknownCallTreeNode(body.callTree, context),
    unknownCategory(body.category, context),
    body.priority === undefined ? undefined : oneOf(body.priority, PRIORITIES, '/priority'),
    required(body.subject, '/subject', 'Say in a few words what the complaint is about.'),
    required(body.description, '/description', 'Record what the customer said.'),
    required(body.complaintId, '/complaintId', 'A complaint needs an id.'),
    required(body.reference, '/reference', 'A complaint needs a reference number.'),
  ]);
  return problem ?? { type: 'ComplaintReceived', data: received(body, occurredAt) };
}

function received(body: Body, occurredAt: number): ComplaintEventData['ComplaintReceived'] {
  return compact({
    complaintId: body.complaintId,
    reference: body.reference,
    customer: customer(body.customer),
    property: body.property && property(body.property),
    channel: body.channel,
    contactedAt: formatInstant(parseInstant(body.contactedAt) ?? occurredAt),
    receivedAt: formatInstant(occurredAt),
    callTree: body.callTree,
    category: body.category,
    priority: body.priority ?? 'normal',
    subject: body.subject.trim(),
    description: body.description.trim(),
    requestedRemedy: textOf(body.requestedRemedy),
    externalId: textOf(body.externalId),
  });
}

function customer(body: Customer): Customer {
  return compact({
    ref: body.ref.trim(),
    kind: body.kind,
    name: body.name.trim(),
    phone: textOf(body.phone),
    email: textOf(body.email),
    locale: textOf(body.locale),
  });
}

function property(body: Property): Property {
  return compact({ project: body.project.trim(), block: textOf(body.block), unit: textOf(body.unit) });
}

function customerProblems(body: unknown): (Rejection | undefined)[] {
  if (!isObject(body)) return [invalid('required', '/customer', 'Say whose complaint it is.')];
  return [
    required(body.ref, '/customer/ref', 'A customer needs a reference.'),
    required(body.name, '/customer/name', 'Record the name.'),
    oneOf(body.kind, CUSTOMER_KINDS, '/customer/kind'),
  ];
}

function contactProblem(contactedAt: unknown, receivedAt: number): Rejection | undefined {
  const pointer = '/contactedAt';
  const contacted = parseInstant(contactedAt);
  if (contacted === undefined) {
    return invalid('invalid-instant', pointer, 'Give an ISO 8601 instant with offset, from 1970 on.');
  }
  return contacted > receivedAt
    ? invalid('contacted-after-received', pointer, 'The contact comes before its recording, or with it.')
    : undefined;
}
