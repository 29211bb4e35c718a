import { BASE_PATH, type RateLimit } from '#libs/http/index.js';

/** A customer looks a few times; who tries references in turn is slowed down. */
export const TRACK_LIMIT: RateLimit = { path: `${BASE_PATH}/track`, requests: 30, windowSeconds: 60 };
