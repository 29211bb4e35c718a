import { startTestEngine } from './embedded-engines.js';

export interface ServerUnderTest {
  readonly name: string;
  start(this: void): Promise<{ readonly url: string; stop(): Promise<void> }>;
}

/** The embedded engine always; a real server when ESDB_TEST_URL names one. */
export function serversUnderTest(): readonly ServerUnderTest[] {
  const external = process.env.ESDB_TEST_URL;
  return [
    { name: 'the embedded event store', start: () => startTestEngine('eventstore') },
    ...(external
      ? [
          {
            name: 'the server at ESDB_TEST_URL',
            start: () => Promise.resolve({ url: external, stop: () => Promise.resolve() }),
          },
        ]
      : []),
  ];
}
