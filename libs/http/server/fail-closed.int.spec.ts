import { Controller, Get, Module } from '@nestjs/common';
import { Public } from '#libs/auth/index.js';
import { createLogger, createMetrics } from '#libs/observability/index.js';
import { createWebApp } from './create-web-app.js';
import { WebModule } from './web.module.js';

@Controller('decided')
class DecidedController {
  @Get()
  @Public()
  get(): string {
    return 'open';
  }
}

@Controller('undecided')
class UndecidedController {
  @Get()
  get(): string {
    return 'open?';
  }
}

const logger = createLogger({ level: 'silent', service: 'test' });
const metrics = createMetrics('test');
const verifier = { verify: () => Promise.reject(new Error('not asked here')) };

function appOf(...controllers: (new () => unknown)[]): ReturnType<typeof createWebApp> {
  @Module({ imports: [WebModule.forRoot({ verifier, logger, metrics })], controllers })
  class SomeModule {}
  return createWebApp(SomeModule, { logger, metrics });
}

describe('an application', () => {
  it('starts when somebody decided about each of its routes', async () => {
    const app = await appOf(DecidedController);
    await app.close();
  });

  it('does not start with a route that nobody decided about, and names it', async () => {
    await expect(appOf(DecidedController, UndecidedController)).rejects.toThrow(
      'Routes without @Public() or @AllowRoles(…): UndecidedController.get',
    );
  });
});
