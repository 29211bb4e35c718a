import type { Request } from 'express';

/** As far as the router of express 5 lets one look: `match` is what it calls itself for each request. */
interface Layer {
  match?(path: string): boolean;
  route?: { path: unknown; methods: Readonly<Record<string, boolean>> };
}

/** Methods that some route at this address knows; empty when there is no such address. */
export function allowedMethods(request: Request): string[] {
  const app = request.app as unknown as { router?: { stack?: Layer[] } };
  // Within a mounted router `request.path` is only the rest.
  const path = request.originalUrl.split('?', 1)[0] ?? '/';
  const methods = new Set<string>();
  for (const { route, match } of (app.router?.stack ?? []).map(bound)) {
    if (!route || isCatchAll(route.methods) || !match(path)) continue;
    for (const method of Object.keys(route.methods)) methods.add(method.toUpperCase());
  }
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods].sort();
}

/** The framework answers unknown addresses by routes for every method that there is; ours know one or two. */
function isCatchAll(methods: Readonly<Record<string, boolean>>): boolean {
  return '_all' in methods || 'purge' in methods;
}

function bound(layer: Layer): { route: Layer['route']; match: (path: string) => boolean } {
  const match = (path: string): boolean => {
    try {
      return layer.match?.(path) ?? false;
    } catch {
      return false; // a path that cannot be decoded matches nothing
    }
  };
  return { route: layer.route, match };
}
