import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A page of docs/reference that is made from code must say what the code says; UPDATE_REFERENCE=1 writes it anew. */
export function expectReferencePage(path: string, content: string): void {
  if (process.env['UPDATE_REFERENCE'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  expect(readFileSync(path, 'utf8')).toBe(content);
}
