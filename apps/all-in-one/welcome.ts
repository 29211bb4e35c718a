import { relative } from 'node:path';
import type { Settings } from '#libs/settings/index.js';
import type { RunningProduct } from './start-product.js';

/** What a person who has just started it needs to know. */
export function welcome(settings: Settings, product: RunningProduct, startedInMs: number): string {
  const dataDir = relative(process.cwd(), settings.dataDir) || '.';
  return [
    '',
    `Complaint Ledger answers at ${product.url} (ready in ${(startedInMs / 1000).toFixed(1)} s)`,
    `  interface   ${product.url}/api/docs  (OpenAPI: ${product.url}/api/openapi.json)`,
    `  health      ${product.url}/health/ready`,
    `  data        ${dataDir}`,
    ...product.remarks.map((remark) => `  ${remark}`),
    ...(product.seeded > 0
      ? [`  A new installation: ${product.seeded} default definitions were added.`]
      : []),
    '',
    'Get a token, then ask:',
    '  TOKEN=$(npx complaints token --role supervisor --sub me)',
    `  curl -s -H "Authorization: Bearer $TOKEN" "${product.url}/api/v1/complaints?limit=3"`,
    'Stop with Ctrl-C.',
    '',
  ].join('\n');
}
