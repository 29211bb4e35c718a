import type { RequestHandler } from 'express';
import { rateLimit, type ClientRateLimitInfo, type Store } from 'express-rate-limit';
import { ProblemError } from '../problem/problem-error.js';

export interface RateLimit {
  /** Paths that begin with this are counted together, e.g. `/api/v1/track`. */
  readonly path: string;
  readonly requests: number;
  readonly windowSeconds: number;
}

/** Counters of the addresses seen last. A flood from ever new addresses forgets old ones instead of filling the memory. */
export class BoundedCounters implements Store {
  readonly localKeys = true;
  private readonly counters = new Map<string, { hits: number; resetAt: number }>();

  constructor(
    private readonly windowMs: number,
    private readonly most = 10_000,
    private readonly now: () => number = Date.now,
  ) {}

  increment(key: string): ClientRateLimitInfo {
    const now = this.now();
    const known = this.counters.get(key);
    const counter = known && known.resetAt > now ? known : { hits: 0, resetAt: now + this.windowMs };
    counter.hits += 1;
    this.counters.delete(key);
    this.counters.set(key, counter);
    this.forgetOldest();
    return { totalHits: counter.hits, resetTime: new Date(counter.resetAt) };
  }

  decrement(key: string): void {
    const counter = this.counters.get(key);
    if (counter) counter.hits = Math.max(0, counter.hits - 1);
  }

  resetKey(key: string): void {
    this.counters.delete(key);
  }

  get size(): number {
    return this.counters.size;
  }

  private forgetOldest(): void {
    if (this.counters.size <= this.most) return;
    for (const key of this.counters.keys()) {
      this.counters.delete(key);
      return;
    }
  }
}

/** So many requests per client address and window (IPv6: per /56); more are answered 429 with `Retry-After`. */
export function rateLimiter({ requests, windowSeconds }: RateLimit): RequestHandler {
  return rateLimit({
    windowMs: windowSeconds * 1000,
    limit: requests,
    store: new BoundedCounters(windowSeconds * 1000),
    standardHeaders: 'draft-6',
    legacyHeaders: false,
    // A forwarded address is whatever the client writes; it is left alone on purpose, which the library warns about.
    validate: { xForwardedForHeader: false, forwardedHeader: false },
    handler: (_request, _response, next) => {
      next(
        new ProblemError('too-many-requests', {
          detail: `At most ${requests} requests in ${windowSeconds} seconds.`,
        }),
      );
    },
  });
}
