import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ACCESS } from './access.decorators.js';

const PATH_METADATA = 'path';

/** Refuses to start with a route that nobody decided about: it would answer 403 to everyone, found out by a user. */
@Injectable()
export class AccessDeclaredCheck implements OnApplicationBootstrap {
  constructor(
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(MetadataScanner) private readonly scanner: MetadataScanner,
  ) {}

  onApplicationBootstrap(): void {
    const undeclared = this.discovery.getControllers().flatMap(({ metatype }) => {
      if (typeof metatype !== 'function' || Reflect.hasMetadata(ACCESS, metatype)) return [];
      const prototype = metatype.prototype as Record<string, object>;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((method) => isUndeclaredRoute(prototype[method]))
        .map((method) => `${metatype.name}.${method}`);
    });
    if (undeclared.length > 0) {
      throw new Error(`Routes without @Public() or @AllowRoles(…): ${undeclared.join(', ')}`);
    }
  }
}

function isUndeclaredRoute(method: object | undefined): boolean {
  return (
    method !== undefined && Reflect.hasMetadata(PATH_METADATA, method) && !Reflect.hasMetadata(ACCESS, method)
  );
}
