import { Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import type { TokenVerifier } from '../token-verifier.js';
import { AccessDeclaredCheck } from './access-declared.check.js';
import { AccessGuard, TOKEN_VERIFIER } from './access.guard.js';

/** Guards every route of the application that imports it. */
@Module({})
export class AuthModule {
  static forRoot(verifier: TokenVerifier): DynamicModule {
    return {
      module: AuthModule,
      imports: [DiscoveryModule],
      providers: [
        { provide: TOKEN_VERIFIER, useValue: verifier },
        { provide: APP_GUARD, useClass: AccessGuard },
        AccessDeclaredCheck,
      ],
    };
  }
}
