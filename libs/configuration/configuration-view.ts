import {
  type ConfigurationModel,
  CONFIGURATION_PREFIXES,
  EMPTY_CONFIGURATION,
  evolveConfiguration,
} from '#libs/configuration-model/index.js';
import type { GlobalPosition } from '#libs/event-contracts/index.js';
import type { EventStore, LogMessage } from '#libs/event-store/index.js';

/** Told when the view lost its subscription and goes on; never thrown, since an older view still serves. */
export type ViewTrouble = (reason: string) => void;

/**
 * The configuration in memory, following the log: small, read on every command, and never behind a change that this
 * process made itself (`refresh`).
 */
export class ConfigurationView {
  private model: ConfigurationModel = EMPTY_CONFIGURATION;
  /** Everything up to here has been absorbed, whether it concerned the configuration or not. */
  private reached: GlobalPosition | undefined;
  private readonly stopping = new AbortController();
  private following: Promise<void> = Promise.resolve();
  private refreshing: Promise<void> | undefined;
  private changing: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly eventStore: EventStore,
    private readonly onTrouble: ViewTrouble,
  ) {}

  /** Reads all there is, then follows. */
  static async open(eventStore: EventStore, onTrouble: ViewTrouble): Promise<ConfigurationView> {
    const view = new ConfigurationView(eventStore, onTrouble);
    await view.refresh();
    view.following = view.follow();
    return view;
  }

  get current(): ConfigurationModel {
    return this.model;
  }

  /** Reads what was appended since; callers that come while a read has begun wait for the next one. */
  async refresh(): Promise<void> {
    const running = this.refreshing;
    if (running) await running.catch(() => undefined);
    this.refreshing ??= this.readOn().finally(() => {
      this.refreshing = undefined;
    });
    await this.refreshing;
  }

  /**
   * One change at a time in this process: rules that look across streams, such as that no tree runs in a circle, hold
   * only if nothing is decided on a view that another change is about to outdate.
   */
  async alone<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.changing.then(change);
    this.changing = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    this.stopping.abort();
    await this.following;
  }

  /** Does the view hold whatever had been recorded by a position? */
  holds(position: GlobalPosition): boolean {
    return this.reached !== undefined && this.reached >= position;
  }

  private async readOn(): Promise<void> {
    const range = {
      prefixes: CONFIGURATION_PREFIXES,
      ...(this.reached === undefined ? {} : { after: this.reached }),
    };
    for await (const message of this.eventStore.readLog(range)) this.absorb(message);
  }

  private async follow(): Promise<void> {
    const { signal } = this.stopping;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        const range = {
          prefixes: CONFIGURATION_PREFIXES,
          ...(this.reached === undefined ? {} : { after: this.reached }),
        };
        for await (const message of this.eventStore.subscribe(range, signal)) {
          this.absorb(message);
          failures = 0;
        }
      } catch (error) {
        if (this.stopping.signal.aborted) return;
        this.onTrouble(error instanceof Error ? error.message : String(error));
        await pause(Math.min(10_000, 200 * 2 ** failures) * (0.5 + Math.random()), signal);
      }
    }
  }

  /** Twice delivered is absorbed once; an event that cannot be read leaves what was in force before it. */
  private absorb(message: LogMessage): void {
    if (message.kind === 'event') this.model = evolveConfiguration(this.model, message.event);
    if (message.kind === 'undecodable') this.onTrouble(`${message.event.streamId}: ${message.event.reason}`);
    const position = message.kind === 'position' ? message.position : message.event.position;
    if (this.reached === undefined || position > this.reached) this.reached = position;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
