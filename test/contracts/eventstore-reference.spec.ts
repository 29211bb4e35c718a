import { readFile, writeFile } from 'node:fs/promises';
import { begin, end, referencePage, subsetTable } from './eventstore-reference.js';

describe('docs/reference/embedded-eventstore.md', () => {
  it('lists what the contract suite tests', async () => {
    const page = await readFile(referencePage, 'utf8');
    const [head, rest] = page.split(begin);
    const tail = rest!.split(end)[1]!;
    const current = `${head!}${begin}\n\n${await subsetTable()}\n\n${end}${tail}`;
    if (process.env['UPDATE_REFERENCE']) await writeFile(referencePage, current);
    else expect(page).toBe(current);
  });

  it('names every topic of the suite', async () => {
    const table = await subsetTable();
    for (const topic of [
      'appending',
      'idempotence by event id',
      'reading a stream',
      'reading $all',
      'filters on $all',
      'limits',
    ]) {
      expect(table).toContain(`| ${topic} |`);
    }
  });
});
