import type { HealthCheck } from '#libs/http/index.js';
import type { Stores } from '#libs/runtime/index.js';
import { SLA_POLICY_STREAM } from '#libs/event-contracts/index.js';
import type { RunningProjections } from '../projector/run-projections.js';

/** What must be there for requests to be answered. */
export function healthChecks(
  { eventStore, readStore }: Stores,
  { projector }: RunningProjections,
): HealthCheck[] {
  return [
    {
      name: 'event-store',
      // Any read will do; the policy's stream is there from the first start on.
      check: async () =>
        (await eventStore.head([SLA_POLICY_STREAM])) === undefined
          ? { ok: false, detail: 'empty' }
          : { ok: true },
    },
    {
      name: 'read-store',
      check: async () => {
        await readStore.ping();
        return { ok: true };
      },
    },
    {
      name: 'projections',
      check: () => Promise.resolve(projectionsHealth(projector.reports())),
    },
  ];
}

function projectionsHealth(reports: ReturnType<RunningProjections['projector']['reports']>) {
  const troubled = reports.filter(({ state }) => state === 'backing-off');
  return troubled.length === 0
    ? { ok: true, detail: `${reports.length} partitions follow the log` }
    : { ok: false, detail: `not following the log: ${troubled.map(({ build }) => build).join(', ')}` };
}
