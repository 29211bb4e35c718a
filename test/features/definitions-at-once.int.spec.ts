import { CommandRefusedError } from '#libs/command-handling/index.js';
import { nodePath } from '#libs/configuration-model/index.js';
import {
  ConfigurationView,
  handleConfigurationCommand,
  type ConfigurationAnswer,
  type ConfigurationHandling,
} from '#libs/configuration/index.js';
import { createLogger } from '#libs/observability/index.js';
import { startClockwork, type Clockwork } from '#test/escalation/clockwork.js';
import { openCommandSide, type CommandSide } from '#apps/command-api/command-side.js';

const NAMES = { tr: 'Ad', en: 'Name' };
let clockwork: Clockwork;
let sides: CommandSide[];

beforeAll(async () => {
  clockwork = await startClockwork();
  const logger = createLogger({ level: 'silent', service: 'test' });
  sides = [await openCommandSide(clockwork.stores, logger), await openCommandSide(clockwork.stores, logger)];
});
afterAll(async () => {
  for (const { view } of sides) await view.close();
  await clockwork.stop();
});

/** Both have decided before either appends: between the two they claim their keys. */
function meetingAtTheClaim(): ConfigurationHandling[] {
  let arrived = 0;
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (open = resolve));
  return sides.map(({ configuration }) => ({
    ...configuration,
    commandKeys: {
      find: (...args) => configuration.commandKeys.find(...args),
      claim: async (...args) => {
        const claimed = await configuration.commandKeys.claim(...args);
        arrived += 1;
        if (arrived === sides.length) open();
        await gate;
        return claimed;
      },
    },
  }));
}

function place(handling: ConfigurationHandling, code: string, parent?: string): Promise<ConfigurationAnswer> {
  return handleConfigurationCommand(handling, {
    command: { type: 'defineCallTreeNode', data: { code, names: NAMES, ...(parent && { parent }) } },
    origin: {
      actors: [{ sub: 'nur', name: 'Nur', role: 'admin' }],
      correlationId: 'at-once',
      idempotencyKey: { callerSub: 'nur', key: `${code} below ${parent ?? 'nothing'}` },
    },
  });
}

describe('Two processes that place two nodes below each other at once', () => {
  it('leave a tree: one is told that it would close a circle, also when it asks again', async () => {
    const [plain] = sides.map(({ configuration }) => configuration);
    for (const code of ['east', 'west']) await place(plain!, code);
    const [one, other] = meetingAtTheClaim();
    const settled = await Promise.allSettled([place(one!, 'east', 'west'), place(other!, 'west', 'east')]);
    const refused = settled.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    expect(refused).toHaveLength(1);
    expect((refused[0] as CommandRefusedError).rejection).toMatchObject({
      errors: [{ pointer: '/parent', detail: expect.stringContaining('stands below') as string }],
    });
    const [lost, kept] = settled[0].status === 'rejected' ? ['east', 'west'] : ['west', 'east'];
    await expect(place(plain!, lost, kept)).rejects.toThrow(CommandRefusedError);
    expect((await place(plain!, kept, lost)).version).toBe(2);
    // Both events are in the log; whoever reads it, now or later, sees the same tree.
    const fresh = await ConfigurationView.open(clockwork.stores.eventStore, () => undefined);
    for (const view of [...sides.map((side) => side.view), fresh]) {
      await view.refresh();
      expect(nodePath(view.current, kept)).toEqual([kept, lost]);
      expect(nodePath(view.current, lost)).toEqual([lost]);
      expect(view.current.callTree.history.get(lost)).toHaveLength(2);
    }
    await fresh.close();
  });
});
