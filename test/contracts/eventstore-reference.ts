import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const folder = new URL('eventstore/', import.meta.url);
export const referencePage = fileURLToPath(
  new URL('../../docs/reference/embedded-eventstore.md', import.meta.url),
);

export const begin =
  '<!-- begin: generated from test/contracts/eventstore; UPDATE_REFERENCE=1 rewrites it -->';
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
  const rows: string[] = [];
  let topic = '';
  let cells: string[] = [];
  for (const line of source.split('\n')) {
    const described = /\bdescribe(?:\.each\(ways\))?\(['"`](.+?)['"`], /.exec(line)?.[1];
    const cell = /^\s+\[['"`](.+?)['"`], /.exec(line)?.[1];
    const sentence = /(?:\bit\(|\]\)\(|\] as const\)\(|each\(\w+\)\(|^\s+)(['"`])(.+?)\1(?:, async|,$)/.exec(
      line,
    )?.[2];
    if (described) topic = described.replace(/ \(%s\)$/, '');
    else if (cell) cells.push(cell);
    else if (sentence && sentence.length > 1) {
      rows.push(`| ${topic} | ${sentenceOf(sentence, cells)} |`);
      if (!/each\(cases/.test(line)) cells = [];
    }
  }
  return rows;
}

function sentenceOf(sentence: string, cells: readonly string[]): string {
  const text =
    sentence === '%s'
      ? cells.join('; ')
      : sentence.includes('%s') && cells.length > 0
        ? `${sentence.replace('%s', '…')}: ${cells.join('; ')}`
        : sentence;
  return text
    .replace(/ \(%s\)$|: %j$/, '')
    .replaceAll('|', '\\|')
    .replaceAll('`', "'");
}
