import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const folder = new URL('mongodb/', import.meta.url);
export const referencePage = fileURLToPath(
  new URL('../../docs/reference/embedded-mongodb.md', import.meta.url),
);

export const begin = '<!-- begin: generated from test/contracts/mongodb; UPDATE_REFERENCE=1 rewrites it -->';
export const end = '<!-- end -->';

/** The subset as a table: every topic of the contract suite with the sentences that are tested under it. */
export async function subsetTable(): Promise<string> {
  const rows: string[] = [];
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.contract.ts')).sort()) {
    rows.push(...rowsOf(await readFile(new URL(file, folder), 'utf8')));
  }
  return ['| topic | what is tested |', '| --- | --- |', ...rows].join('\n');
}

/** Names of describe and it, and the first cells of tables whose names the sentences carry as %s. */
function rowsOf(source: string): string[] {
  const cells = cellsByTable(source);
  const rows: string[] = [];
  let topic = '';
  const calls =
    /\bdescribe\((['"`])(.+?)\1,|\bit\((['"`])(.+?)\3,|\bit\.each\((\w+|\[[^]*?\n\s*\])(?: as const)?\)\(\s*(['"`])(.+?)\6,/g;
  for (const match of source.matchAll(calls)) {
    if (match[2] !== undefined) topic = match[2];
    else if (match[4] !== undefined) rows.push(rowOf(topic, match[4]));
    else if (match[7] !== undefined) {
      const table = match[5] ?? '';
      const names = table.startsWith('[') ? firstCells(table.slice(1)) : (cells.get(table) ?? []);
      rows.push(
        rowOf(
          topic,
          match[7] === '%s' ? names.join('; ') : `${match[7].replace('%s', '…')}: ${names.join('; ')}`,
        ),
      );
    }
  }
  return rows;
}

const rowOf = (topic: string, sentence: string): string =>
  `| ${topic} | ${sentence.replaceAll('|', '\\|').replaceAll('`', "'")} |`;

function cellsByTable(source: string): Map<string, string[]> {
  const tables = new Map<string, string[]>();
  for (const match of source.matchAll(/^const (\w+)[^\n]* = \[(?:\n([^]*?)\n|([^\n]*))\];/gm)) {
    tables.set(match[1] ?? '', firstCells(match[2] ?? match[3] ?? ''));
  }
  return tables;
}

/** The first text of each row, or a row that is a text itself. */
const firstCells = (table: string): string[] => {
  const ranked = [...table.matchAll(/^( *)\[?\n? *(['"`])(.+?)\2,/gm)];
  const outermost = Math.min(...ranked.map((match) => (match[1] ?? '').length));
  const rows = [...table.matchAll(new RegExp(`^ {${outermost}}\\[\\n? *(['"\`])(.+?)\\1,`, 'gm'))].map(
    (match) => match[2] ?? '',
  );
  return rows.length > 0 ? rows : [...table.matchAll(/(['"`])(.+?)\1/g)].map((match) => match[2] ?? '');
};
