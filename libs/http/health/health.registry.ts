import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';

export interface HealthResult {
  readonly ok: boolean;
  /** For operators: what is missing. No addresses with credentials, no personal data. */
  readonly detail?: string;
}

export interface HealthCheck {
  readonly name: string;
  check(): Promise<HealthResult>;
}

export interface CheckedPart extends HealthResult {
  readonly name: string;
}

const TIMEOUT_MS = 2000;

/** What must be there for requests to be answered; each part of the product adds its own check. */
@Injectable()
export class HealthRegistry implements BeforeApplicationShutdown {
  private readonly checks: HealthCheck[] = [];
  private stopping = false;

  add(check: HealthCheck): void {
    this.checks.push(check);
  }

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  async run(): Promise<readonly CheckedPart[]> {
    if (this.stopping) return [{ name: 'process', ok: false, detail: 'shutting down' }];
    return Promise.all(this.checks.map(runOne));
  }
}

async function runOne(part: HealthCheck): Promise<CheckedPart> {
  const { name } = part;
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<HealthResult>((resolve) => {
    timer = setTimeout(() => {
      resolve({ ok: false, detail: `no answer within ${TIMEOUT_MS} ms` });
    }, TIMEOUT_MS);
  });
  try {
    return { name, ...(await Promise.race([part.check(), tooLong])) };
  } catch (error) {
    return {
      name,
      ok: false,
      detail: `the check failed (${error instanceof Error ? error.name : 'unknown'})`,
    };
  } finally {
    clearTimeout(timer);
  }
}
