import 'reflect-metadata';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { QueryApiParts } from '#apps/query-api/query-api.tokens.js';
import { ReportSources } from '#apps/query-api/reports/report-sources.js';
import { ReportHandler } from '#apps/query-api/reports/report/report.handler.js';
import { ReportQuery, type ReportRequest } from '#apps/query-api/reports/report/report.query.js';
import { WhatIfHandler } from '#apps/query-api/reports/what-if/what-if.handler.js';
import { WhatIfQuery, type WhatIfRequest } from '#apps/query-api/reports/what-if/what-if.query.js';
import { ConfigurationView } from '#libs/configuration/index.js';
import { connectEventStore } from '#libs/event-store/index.js';
import {
  createProgressWaiter,
  verifyProjections,
  type ProjectionDocument,
} from '#libs/projection-engine/index.js';
import { connectReadStore, projectionStoreOn } from '#libs/read-store/index.js';
import { satisfactionFacts, slaFacts } from '#projections/index.js';
import { SatisfactionFactsQueries } from '#projections/satisfaction-facts/index.js';
import { SlaFactsQueries } from '#projections/sla-facts/index.js';
import type { Stores } from './filled-stores.js';

export interface Asked extends Stores {
  readonly ask:
    | { readonly read: 'sla-facts' | 'satisfaction-facts' }
    | { readonly report: ReportRequest }
    | { readonly whatIf: WhatIfRequest }
    /** Documents that were held against the log. */
    | { readonly verify: true };
}

export interface Answered {
  readonly seconds: number;
  /** Bytes: before it was asked, and the most until it had answered. */
  readonly rssBefore: number;
  readonly rssPeak: number;
  /** What was read, or the length of the answer as JSON. */
  readonly size: number;
}

/** One question to the query side in a fresh process, so that its peak memory is its own. */
export async function answerInProcess(asked: Asked): Promise<Answered> {
  const child = fork(fileURLToPath(import.meta.url), [JSON.stringify(asked)]);
  const answer = once(child, 'message').then(([message]) => message as Answered);
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`The process ended with ${String(code)} before it answered.`);
  });
  // Once it has answered, its end is as it should be.
  gone.catch(() => undefined);
  return Promise.race([answer, gone]);
}

async function answer({ eventStoreUrl, mongoUrl, database, ask }: Asked): Promise<Answered> {
  const eventStore = await connectEventStore({ url: eventStoreUrl });
  const readStore = await connectReadStore({ url: mongoUrl, database });
  const projectionStore = projectionStoreOn(readStore);
  const configuration = await ConfigurationView.open(eventStore, () => undefined);
  const parts: QueryApiParts = {
    readStore,
    eventStore,
    // Reports hold no personal data.
    keyStore: { keysById: () => Promise.reject(new Error('A report asked for a key.')) },
    projectionStore,
    configuration,
    progress: createProgressWaiter({ store: projectionStore }),
    consistencyTimeoutMs: 1000,
    now: () => new Date(),
  };
  const sources = new ReportSources(
    new SlaFactsQueries(readStore),
    new SatisfactionFactsQueries(readStore),
    parts,
  );
  const rssBefore = process.memoryUsage().rss;
  const began = performance.now();
  let size = 0;
  if ('read' in ask) {
    const documents = await readStore.activeCollection<ProjectionDocument>(ask.read);
    const cursor = documents.find({}, { batchSize: 1000 })[Symbol.asyncIterator]();
    while ((await cursor.next()).done !== true) size += 1;
  } else if ('verify' in ask) {
    const builds = [slaFacts, satisfactionFacts].map((projection) => ({ projection }));
    const verified = await verifyProjections({ store: projectionStore, log: eventStore, builds });
    if (!verified.every(({ sound }) => sound)) throw new Error('The read models are wrong.');
    size = verified.reduce((sum, { documents }) => sum + documents, 0);
  } else if ('report' in ask) {
    const body = await new ReportHandler(sources, parts).execute(new ReportQuery(ask.report));
    size = JSON.stringify(body).length;
  } else {
    const lines = await new WhatIfHandler(sources, parts).execute(new WhatIfQuery(ask.whatIf));
    for await (const line of lines) size += JSON.stringify(line).length;
  }
  const seconds = (performance.now() - began) / 1000;
  return { seconds, rssBefore, rssPeak: process.resourceUsage().maxRSS * 1024, size };
}

const asked = process.argv[2];
if (asked?.startsWith('{"eventStoreUrl"')) {
  const answered = await answer(JSON.parse(asked) as Asked);
  process.send?.(answered, () => process.exit(0));
}
