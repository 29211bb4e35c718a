import { Inject, Injectable } from '@nestjs/common';
import type { RegisteredComplaint } from '#projections/complaint-register/index.js';
import { keyIdOf, openText, type DataKey } from '#libs/personal-data/index.js';
import type { Visibility } from '../access/visibility.js';
import { QUERY_PARTS, type QueryApiParts } from '../query-api.tokens.js';
import type { ComplaintView, ComplaintSummary, CustomerView, PropertyView } from './complaint.body.js';

type ShowText = (text: string) => string | null;

/** A text that was altered in the store must not take the whole page with it; `/audit/verify` names it. */
const UNREADABLE = '[unreadable]';

/** Turns documents into what a caller may see of them; keys are fetched once per page. */
@Injectable()
export class ComplaintViews {
  constructor(@Inject(QUERY_PARTS) private readonly parts: QueryApiParts) {}

  async summaries(
    documents: readonly RegisteredComplaint[],
    visibility: Visibility,
  ): Promise<readonly ComplaintSummary[]> {
    const show = await this.textsOf(documents.map(summaryTexts), visibility);
    return documents.map((document) => summaryOf(document, show));
  }

  async whole(document: RegisteredComplaint, visibility: Visibility): Promise<ComplaintView> {
    const show = await this.textsOf([[...summaryTexts(document), ...furtherTexts(document)]], visibility);
    return wholeOf(document, show);
  }

  private async textsOf(
    texts: readonly (readonly (string | undefined)[])[],
    { personal }: Visibility,
  ): Promise<ShowText> {
    if (!personal) return () => null;
    const keyIds = texts.flat().flatMap((text) => (text === undefined ? [] : (keyIdOf(text) ?? [])));
    const keys = await this.parts.keyStore.keysById(keyIds);
    return (text) => opened(text, keys);
  }
}

function opened(text: string, keys: ReadonlyMap<string, DataKey>): string {
  try {
    return openText(text, keys);
  } catch {
    return UNREADABLE;
  }
}

function summaryTexts({ customer, property, subject }: RegisteredComplaint): (string | undefined)[] {
  return [customer.name, customer.phone, customer.email, property?.block, property?.unit, subject];
}

function furtherTexts({ description, requestedRemedy, result }: RegisteredComplaint): (string | undefined)[] {
  return [description, requestedRemedy, result?.explanation];
}

function summaryOf(document: RegisteredComplaint, show: ShowText): ComplaintSummary {
  return {
    id: document._id,
    reference: document.reference,
    externalId: document.externalId,
    revision: document.revision,
    status: document.status,
    paused: document.paused,
    pausedUntil: document.pausedUntil,
    escalationLevel: document.escalationLevel,
    cycle: document.cycle,
    team: document.team ?? null,
    callTree: document.callTree,
    category: document.category ?? null,
    priority: document.priority,
    channel: document.channel,
    customer: customerOf(document.customer, show),
    property: propertyOf(document.property, show),
    subject: show(document.subject),
    contactedAt: document.contactedAt,
    receivedAt: document.receivedAt,
    lastEventAt: document.lastEventAt,
  };
}

function wholeOf(document: RegisteredComplaint, show: ShowText): ComplaintView {
  const { result } = document;
  return {
    ...summaryOf(document, show),
    description: show(document.description),
    requestedRemedy: optional(document.requestedRemedy, show),
    receivedBy: document.receivedBy,
    teams: document.teams,
    officer: document.officer,
    result: result && { ...result, explanation: show(result.explanation) },
    confirmedBy: document.confirmedBy,
    closedAt: document.closedAt,
    surveyAttempts: document.surveyAttempts,
    surveyEnded: document.surveyEnded,
    overallScore: document.overallScore,
    lastRecordedAt: document.lastRecordedAt,
  };
}

function customerOf(customer: RegisteredComplaint['customer'], show: ShowText): CustomerView {
  const { ref, kind, name, phone, email, locale } = customer;
  return { ref, kind, name: show(name), phone: optional(phone, show), email: optional(email, show), locale };
}

function propertyOf(property: RegisteredComplaint['property'], show: ShowText): PropertyView | undefined {
  if (property === undefined) return undefined;
  const { project, block, unit } = property;
  return { project, block: optional(block, show), unit: optional(unit, show) };
}

function optional(text: string | undefined, show: ShowText): string | null | undefined {
  return text === undefined ? undefined : show(text);
}
