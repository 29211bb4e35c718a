import { readFile, writeFile } from 'node:fs/promises';
import { begin, end, referencePage, subsetTable } from './mongodb-reference.js';

describe('docs/reference/embedded-mongodb.md', () => {
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
      'writing',
      'update operators',
      'filters',
      'projections',
      'cursors',
      'indexes',
      'BSON',
      'aggregation',
      'expressions',
      '$setWindowFields',
      'commands',
      'the wire',
      'refusals of the embedded server',
      'bounds of the embedded server',
    ]) {
      expect(table).toContain(`| ${topic} |`);
    }
  });
});
