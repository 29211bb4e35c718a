// Runs from a copy of the build into which the how-to on projections has been followed: its own test, then its projection
// on real engines, with live events, its queries and the check of its documents. Tells its parent what it found.
import { expect } from 'expect';
import 'reflect-metadata';
import { runProjections } from '#apps/projector/run-projections.js';
import { connectEventStore } from '#libs/event-store/index.js';
import { verifyProjection } from '#libs/projection-engine/index.js';
import { connectReadStore } from '#libs/read-store/index.js';
import { reception } from '#libs/testing/recorded-events.js';
import { PROJECTIONS } from '#projections/projections.js';

// Not there but in the copy.
const folder = '#projections/routing-facts/routing-facts';
const { RoutingFactsQueries } = await import(`${folder}.queries.js`);
const urls = JSON.parse(process.argv[2] ?? '{}');

const ownTests = [];
let inside = '';
Object.assign(globalThis, {
  expect,
  describe: (name, body) => {
    inside = name;
    body();
  },
  it: (name, body) => {
    body();
    ownTests.push(`${inside} ${name}`);
  },
});
await import(`${folder}.spec.js`);

const log = await connectEventStore({ url: urls.eventStore });
const readStore = await connectReadStore({ url: urls.mongo });
const silent = () => undefined;
const running = await runProjections({
  eventStore: log,
  readStore,
  projections: PROJECTIONS,
  logger: { info: silent, warn: silent, error: silent },
});

let told = 0;
async function append(complaint, event) {
  const id = `0190c5d2-7a11-7c3e-9a54-5d3a5b1f0c2${complaint}`;
  const eventId = `0190c5d2-7a11-7c3e-9a54-0000000000${String((told += 1)).padStart(2, '0')}`;
  const data = event.type === 'ComplaintReceived' ? { ...event.data, complaintId: id } : event.data;
  const context = {
    occurredAt: `2026-03-02T09:${String(told).padStart(2, '0')}:00.000Z`,
    actor: { sub: 'ayse', name: 'Ayşe', role: 'agent' },
    commandId: eventId,
    $correlationId: eventId,
    $causationId: eventId,
  };
  const expected = revisions.has(id) ? revisions.get(id) : 'no-stream';
  const { revision, position } = await log.append(`complaint-${id}`, expected, [
    { type: event.type, data, eventId, context },
  ]);
  revisions.set(id, revision);
  return position;
}
const revisions = new Map();
const routed = { type: 'ComplaintRouted', data: { team: 'plumbing' } };
const sealed =
  'sealed:1:0190c5d2-7a11-7c3e-9a54-5d3a5b1f0c21:J1kUAuuS0FT2z2NHvK-IIIe273LlmpSBgQ-3m7ukHkU_J1kUAuuS0FT2z2NH';
const at = '2026-03-02T09:00:00.000Z';
for (const number of [1, 2, 3]) {
  const received = reception({
    reference: `SK-2026-00000${number}`,
    contactedAt: at,
    receivedAt: at,
    subject: sealed,
    description: sealed,
    customer: { ref: 'M-1', kind: 'owner', name: sealed, phone: sealed },
    property: { project: 'Park Evleri', block: sealed, unit: sealed },
  });
  await append(number, received);
}
await append(1, routed);
for (let times = 0; times < 2; times++) await append(2, routed);
const position = await append(2, routed);

const builds = await running.progress.waitFor(['routing-facts'], position, 20_000);
const { items } = await new RoutingFactsQueries(readStore).mostRouted(10);
const projection = PROJECTIONS.find(({ name }) => name === 'routing-facts');
const { sound, documents } = await verifyProjection({ store: running.store, log, projection });
process.send({
  ownTests,
  answer: items.map(({ reference, timesRouted }) => [reference, timesRouted]),
  verified: { sound: sound && builds.has('routing-facts'), documents },
});
await running.stop();
await log.close();
await readStore.close();
process.disconnect();
