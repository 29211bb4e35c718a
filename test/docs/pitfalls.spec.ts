import { existsSync, readFileSync } from 'node:fs';

const page = readFileSync('docs/reference/pitfalls.md', 'utf8');
const named = [...page.matchAll(/`([^`]+\.spec\.ts)` › `([^`]+)`/g)].map(([, file, title]) => [
  file!,
  title!,
]);

describe('the page on pitfalls', () => {
  it('has each of the 35, in order', () => {
    const rows = [...page.matchAll(/^\| P-(\d+) \|/gm)].map(([, number]) => Number(number));
    expect(rows).toEqual(Array.from({ length: 35 }, (_, index) => index + 1));
  });

  it.each(named)('names a test that exists: %s › %s', (file, title) => {
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(`'${title}'`);
  });

  it('leaves no row without a test or the word that it has none', () => {
    const rows = page.split('\n').filter((line) => /^\| (P-\d+)? ?\|/.test(line));
    const open = rows.filter(
      (row) => !row.includes('.spec.ts` › `') && !row.endsWith('| no test of its own |'),
    );
    expect(open).toEqual([]);
  });
});
