import { RequestMethod, type NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { nestLogger, requestObserver, type Logger, type Metrics } from '#libs/observability/index.js';
import { ProblemError } from '../problem/problem-error.js';
import { sendProblem } from '../problem/send-problem.js';
import type { RawBodyRoute } from './body-rules.js';
import { BodyGuard } from './body.guard.js';
import { serveOpenApi } from './openapi.js';
import { rateLimiter, type RateLimit } from './rate-limit.js';

export const BASE_PATH = '/api/v1';

export interface WebAppOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly rawBodies?: readonly RawBodyRoute[];
  readonly rateLimits?: readonly RateLimit[];
}

/** The page of Swagger UI brings its own styles inline; scripts come from files only. */
const SECURITY_HEADERS = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginEmbedderPolicy: false,
  frameguard: { action: 'deny' },
});

/**
 * An initialised application, ready to listen. The module must import `WebModule`.
 * Everything of HTTP that does not depend on the routes is decided here, the same for every process.
 */
export async function createWebApp(
  module: Parameters<typeof NestFactory.create>[0],
  options: WebAppOptions,
): Promise<NestExpressApplication> {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- the framework declares its options as a class, and means an object
  const nestOptions: NestApplicationOptions = {
    bodyParser: false,
    abortOnError: false,
    logger: nestLogger(options.logger),
  };
  const app = await NestFactory.create<NestExpressApplication>(module, nestOptions);
  try {
    configureHttp(app, options);
    await app.init();
  } catch (error) {
    await app.close();
    throw error;
  }
  // After all routes: the framework answers unknown addresses under its own prefix only.
  app.use((request: Request, response: Response) => {
    sendProblem(new ProblemError('no-such-route'), request, response, options.logger);
  });
  return app;
}

/** Answers hold what the caller may see, often personal data: no cache keeps them, unless a route says otherwise. */
function keepOutOfCaches(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}

export function configureHttp(app: NestExpressApplication, options: WebAppOptions): void {
  const { logger, metrics, rawBodies = [], rateLimits = [] } = options;
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', false);
  app.set('query parser', 'simple');
  app.setGlobalPrefix(BASE_PATH, {
    exclude: ['health/live', 'health/ready', 'metrics'].map((path) => ({ path, method: RequestMethod.GET })),
  });
  app.use(requestObserver(logger, metrics));
  app.use(SECURITY_HEADERS);
  app.use(BASE_PATH, keepOutOfCaches);
  for (const limit of rateLimits) app.use(limit.path, rateLimiter(limit));
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    sendProblem(error, request, response, logger);
  });
  // The framework puts it after the guard of access, which is part of a module.
  app.useGlobalGuards(new BodyGuard(rawBodies));
  serveOpenApi(app);
}
